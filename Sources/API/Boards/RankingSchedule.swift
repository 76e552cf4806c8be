// When a ranking is read from the ledger: decided here, done by `LedgerRankings` after the lock is released.
import EventLoop

struct RankingSchedule: Sendable {
  typealias Outcome = Result<LedgerRanking, RankingUnavailable>

  enum Action {
    case answer(Outcome)
    /// Wait for the scan that is under way.
    case join
    /// Begin a scan, which is now under way for everybody, and then join it.
    case scan
  }

  private struct Reading {
    let outcome: Outcome
    let end: MonotonicInstant
    var lastUse: MonotonicInstant
  }

  private var readings: [RankingSubject: Reading] = [:]
  private var scanning: RankingSubject?
  private var waiters: [RankingWaiter] = []

  /// How long a failure is the answer, so that it is not tried all the time.
  private static let failureInterval = Duration.seconds(1)

  /// An outcome that is young enough is the answer. An older ranking is better than none while a scan is
  /// under way.
  mutating func ask(
    _ subject: RankingSubject, now: MonotonicInstant, _ options: LedgerRankings.Options
  ) -> Action {
    readings[subject]?.lastUse = now
    if let reading = readings[subject] {
      switch reading.outcome {
      case .success where scanning != nil || now < reading.end + options.interval:
        return .answer(reading.outcome)
      case .failure where now < reading.end + min(options.interval, Self.failureInterval):
        return .answer(reading.outcome)
      case .success, .failure: break
      }
    }
    if let scanning { return scanning == subject ? .join : .answer(.failure(.busy)) }
    scanning = subject
    return .scan
  }

  /// Adds the waiter, or answers at once: the scan may have ended since, or too many wait.
  mutating func join(
    _ subject: RankingSubject, _ waiter: RankingWaiter, _ options: LedgerRankings.Options
  ) -> Outcome? {
    guard scanning == subject else { return readings[subject]?.outcome ?? .failure(.busy) }
    guard waiters.count < options.waitersMax else { return .failure(.busy) }
    waiters.append(waiter)
    return nil
  }

  /// The scan has ended; returns who waits for it.
  mutating func finish(
    _ subject: RankingSubject, _ outcome: Outcome, now: MonotonicInstant, _ options: LedgerRankings.Options
  ) -> [RankingWaiter] {
    scanning = nil
    defer { waiters = [] }
    switch outcome {
    // That the process was busy says nothing of the ledger, and what is stored is read elsewhere from now on.
    case .failure(.busy), .failure(.stored): return waiters
    case .success, .failure: break
    }
    readings[subject] = Reading(outcome: outcome, end: now, lastUse: now)
    if readings.count > options.rankingsMax {
      let unused = readings.min { $0.value.lastUse < $1.value.lastUse }
      if let unused { readings[unused.key] = nil }
    }
    return waiters
  }

  mutating func discard(olderThan age: Duration, now: MonotonicInstant) {
    readings = readings.filter { now < $0.value.lastUse + age }
  }
}

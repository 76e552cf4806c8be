// When a ranking is read from the ledger: decided here, done by `LedgerRankings` after the lock is released.
import EventLoop
import Ledger

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

  private var readings: [PointTypeID: Reading] = [:]
  private var scanning: PointTypeID?
  private var waiters: [RankingWaiter] = []

  /// How long a failure is the answer, so that it is not tried all the time.
  private static let failureInterval = Duration.seconds(1)

  /// An outcome that is young enough is the answer. An older ranking is better than none while a scan is
  /// under way.
  mutating func ask(
    _ type: PointTypeID, now: MonotonicInstant, _ options: LedgerRankings.Options
  ) -> Action {
    readings[type]?.lastUse = now
    if let reading = readings[type] {
      switch reading.outcome {
      case .success where scanning != nil || now < reading.end + options.interval:
        return .answer(reading.outcome)
      case .failure where now < reading.end + min(options.interval, Self.failureInterval):
        return .answer(reading.outcome)
      case .success, .failure: break
      }
    }
    if let scanning { return scanning == type ? .join : .answer(.failure(.busy)) }
    scanning = type
    return .scan
  }

  /// Adds the waiter, or answers at once: the scan may have ended since, or too many wait.
  mutating func join(
    _ type: PointTypeID, _ waiter: RankingWaiter, _ options: LedgerRankings.Options
  ) -> Outcome? {
    guard scanning == type else { return readings[type]?.outcome ?? .failure(.busy) }
    guard waiters.count < options.waitersMax else { return .failure(.busy) }
    waiters.append(waiter)
    return nil
  }

  /// The scan has ended; returns who waits for it.
  mutating func finish(
    _ type: PointTypeID, _ outcome: Outcome, now: MonotonicInstant, _ options: LedgerRankings.Options
  ) -> [RankingWaiter] {
    scanning = nil
    defer { waiters = [] }
    // That the process was busy says nothing of the ledger.
    if case .failure(.busy) = outcome { return waiters }
    readings[type] = Reading(outcome: outcome, end: now, lastUse: now)
    if readings.count > options.typesMax {
      let unused = readings.min { $0.value.lastUse < $1.value.lastUse }
      if let unused { readings[unused.key] = nil }
    }
    return waiters
  }

  mutating func discard(olderThan age: Duration, now: MonotonicInstant) {
    readings = readings.filter { now < $0.value.lastUse + age }
  }
}

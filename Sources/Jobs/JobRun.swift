// One run of a duty under a lease: the duty works, and beside it the lease is prolonged. What came of it is
// recorded only if nobody else has had the lease meanwhile.
import EventLoop
import Ledger
import LedgerStore
import PostgresClient

/// Used on its loop only.
final class JobRun: @unchecked Sendable {
  private let loop: EventLoop
  private let store: JobStore
  private let duty: Duty
  private let term: JobTerm
  private let rhythm: JobRhythm
  private let progress = JobProgress()
  private let begin: MonotonicInstant
  private var watch: RunWatch
  private var result = Result<JobOutcome, JobFailure>.failure(.interrupted)

  init(
    _ duty: Duty, term: JobTerm, askedAt: MonotonicInstant, store: JobStore, rhythm: JobRhythm,
    on loop: EventLoop
  ) {
    (self.duty, self.term, self.store, self.rhythm, self.loop) = (duty, term, store, rhythm, loop)
    begin = loop.clock.now
    watch = RunWatch(askedAt: askedAt, lease: rhythm.lease, longest: duty.longest)
  }

  /// Does it, and tells what is worth telling.
  func carryOut(_ begun: JobStore.Begun) async -> JobEvent? {
    let work = loop.spawn { [self] in await perform() }
    let keeper = loop.spawn { [self] in await keepLease(of: work) }
    await withTaskCancellationHandler {
      await work.value
    } onCancel: {
      work.cancel()
    }
    keeper.cancel()
    await keeper.value
    guard watch.ending != .lost else { return .lost(job: duty.name) }
    guard let report else {
      // Told to stop with its process: whoever comes next may begin at once.
      try? await term.lease.giveBack(to: store.pool)
      return nil
    }
    return await record(report, begun)
  }

  private func perform() async {
    do throws(JobFailure) {
      result = .success(try await duty.runOnce(progress))
    } catch {
      result = .failure(error)
    }
  }

  private func keepLease(of work: Task<Void, Never>) async {
    while (try? await loop.sleep(for: rhythm.keep)) != nil {
      let asked = loop.clock.now
      // Postgres that does not answer is asked again for as long as the lease must last.
      if let answer = try? await store.keep(term, progress.steps) as Instant?? {
        watch.answered(isOurs: answer != nil, askedAt: asked)
      }
      if watch.look(at: loop.clock.now) != nil { return work.cancel() }
    }
  }

  /// Nil for a run that was told to stop with its process.
  private var report: JobReport? {
    switch result {
    case .success(let outcome): outcome.report
    case .failure where watch.ending == .tooLong:
      JobReport(outcome: nil, error: "it took longer than \(duty.longest), and was told to stop")
    case .failure where Task.isCancelled: nil
    case .failure(.interrupted): JobReport(outcome: nil, error: "it stopped before its end")
    case .failure(.failed(let reason)): JobReport(outcome: nil, error: reason)
    }
  }

  private func record(_ report: JobReport, _ begun: JobStore.Begun) async -> JobEvent? {
    let time = Duration.nanoseconds(loop.clock.now.nanoseconds(since: begin))
    let failures = report.error == nil ? 0 : begun.failuresInRow &+ 1
    do throws(PostgresError) {
      guard let now = try await store.keep(term, nil) else { return .lost(job: duty.name) }
      let next = NextRun.after(now, failuresInRow: failures, schedule: duty.schedule)
      guard try await store.finish(term, begun, report, next: next) else { return .lost(job: duty.name) }
    } catch {
      try? await term.lease.giveBack(to: store.pool)
      return .unrecorded(job: duty.name, reason: "\(error)")
    }
    if let reason = report.error {
      return .failed(job: duty.name, reason: reason, inRow: failures, time)
    }
    guard case .success(let outcome) = result, outcome.didSomething else { return nil }
    return .ran(job: duty.name, report, time)
  }
}

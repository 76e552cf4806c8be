// What is done about payouts without anybody's asking: those that are planned and approved are paid, and
// boards whose terms say so are planned for when their periods are closed.
import Jobs
import Ledger
import LedgerStore
import PostgresClient

/// Used on the loop of the worker that runs jobs for its process.
final class PayoutDuties: @unchecked Sendable {
  static let paying = PlannedJob(
    "pay-distributions", at: "@every 1s", "Posts what payouts are to give, chunk by chunk.")
  static let planning = PlannedJob(
    "plan-distributions", at: "@every 2s",
    "Plans payouts for closed periods of boards that are paid by themselves.")

  private let runner: PayoutRunner
  private let automatic: AutomaticPayouts
  private let tally: PayoutTally
  private let isPlanned: @Sendable () -> Void

  init(
    _ runner: PayoutRunner, _ automatic: AutomaticPayouts, tally: PayoutTally,
    isPlanned: @escaping @Sendable () -> Void
  ) {
    self.runner = runner
    self.automatic = automatic
    self.tally = tally
    self.isPlanned = isPlanned
  }

  func duties(_ timetable: Timetable) -> [Duty] {
    [
      Duty(Self.paying.title, schedule: timetable.schedule(of: Self.paying.title.name)) {
        [self] progress throws(JobFailure) in try await pay(progress)
      },
      Duty(Self.planning.title, schedule: timetable.schedule(of: Self.planning.title.name)) {
        [self] _ throws(JobFailure) in try await plan()
      },
    ]
  }

  private func pay(_ progress: JobProgress) async throws(JobFailure) -> JobOutcome {
    let outcome = try await JobFailure.explaining { () async throws(PostgresError) in
      try await runner.runOnce { done, total in progress.tell(done: done, of: total) }
    }
    if let trouble = outcome.trouble.first {
      throw .failed("\(outcome.trouble.count) payouts could not go on; the first is \(trouble)")
    }
    return JobOutcome(
      "\(outcome.paid) payouts were paid, \(outcome.credited) lines posted, \(outcome.refused) refused, "
        + "\(outcome.failed) payouts failed",
      counts: [
        JobCount("paid", Int64(outcome.paid)), JobCount("credited", Int64(outcome.credited)),
        JobCount("refused", Int64(outcome.refused)), JobCount("failed", Int64(outcome.failed)),
      ])
  }

  private func plan() async throws(JobFailure) -> JobOutcome {
    let outcome = try await JobFailure.explaining { () async throws(PostgresError) in
      try await automatic.runOnce()
    }
    tally.planned(outcome.planned)
    if outcome.planned > 0 { isPlanned() }
    tally.failed(outcome.refused)
    return JobOutcome(
      "\(outcome.planned) payouts were planned, \(outcome.refused) could not be",
      counts: [JobCount("planned", Int64(outcome.planned)), JobCount("refused", Int64(outcome.refused))])
  }
}

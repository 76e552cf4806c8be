// What is done about snapshots without anybody's asking: those that are due are taken, and the entries of
// those whose time is over are removed, each with a line of the log.
import BoardStore
import Calendar
import Jobs
import Ledger
import LedgerStore
import PostgresClient
import Verification

/// Used on the loop of the worker that runs jobs for its process.
final class SnapshotDuties: @unchecked Sendable {
  static let taking = PlannedJob(
    "take-snapshots", at: "@every 1s",
    "Takes the snapshots that are due by their schedules, and finishes those that nobody finished.")
  static let retiring = PlannedJob(
    "retire-snapshots", at: "25 * * * *", "Removes the entries of snapshots whose time is over.")

  /// So many are looked for at once.
  private static let page = 64

  private let taker: ScheduledSnapshots
  private let retention: SnapshotRetention
  private let tally: SnapshotTally
  /// For how many days closes are kept; nil for ever.
  private let keepClosesDays: Int32?
  private let removed: @Sendable (Snapshot) -> Void

  init(
    _ taker: ScheduledSnapshots, pool: PostgresPool, tally: SnapshotTally, keepClosesDays: Int32?,
    removed: @escaping @Sendable (Snapshot) -> Void
  ) {
    self.taker = taker
    retention = SnapshotRetention(pool: pool)
    self.tally = tally
    self.keepClosesDays = keepClosesDays
    self.removed = removed
  }

  func duties(_ timetable: Timetable) -> [Duty] {
    [
      Duty(Self.taking.title, schedule: timetable.schedule(of: Self.taking.title.name)) {
        [self] _ throws(JobFailure) in try await take()
      },
      Duty(Self.retiring.title, schedule: timetable.schedule(of: Self.retiring.title.name)) {
        [self] progress throws(JobFailure) in try await retire(progress)
      },
    ]
  }

  private func take() async throws(JobFailure) -> JobOutcome {
    let done = try await taker.runOnce()
    guard let trouble = done.trouble.first else {
      return JobOutcome(
        "\(done.taken) snapshots were taken, \(done.passed) instants passed, \(done.failed) failed",
        counts: [
          JobCount("taken", Int64(done.taken)), JobCount("passed", Int64(done.passed)),
          JobCount("failed", Int64(done.failed)),
        ])
    }
    throw .failed("\(done.trouble.count) snapshots could not be taken yet; the first is \(trouble)")
  }

  /// Whoever is cut off goes on from there: what was begun to be removed is still listed.
  func retire(_ progress: JobProgress) async throws(JobFailure) -> JobOutcome {
    var (announced, count, entries) = (0, 0, Int64(0))
    if let keepClosesDays {
      announced = try await JobFailure.explaining { () async throws(PostgresError) in
        try await retention.announceCloses(after: keepClosesDays)
      }
    }
    while true {
      let over = try await JobFailure.explaining { () async throws(PostgresError) in
        try await retention.expired(limit: Self.page)
      }
      for snapshot in over {
        guard !Task.isCancelled else { throw .interrupted }
        let isRemoved = try await JobFailure.explaining { () async throws(PostgresError) in
          try await retention.remove(snapshot.id)
        }
        // Somebody has kept it longer, or has removed it.
        guard isRemoved else { continue }
        let members = snapshot.contents?.members ?? 0
        tally.removed(entries: members)
        removed(snapshot)
        (count, entries) = (count + 1, entries + members)
        progress.tell(done: Int64(count), of: nil)
      }
      if over.count < Self.page { break }
    }
    return JobOutcome(
      "\(count) snapshots were removed with \(entries) entries, \(announced) closes announced",
      counts: [
        JobCount("removed", Int64(count)), JobCount("entries", entries),
        JobCount("announced", Int64(announced)),
      ])
  }
}

import Cryptography
// Runners that are cut off at each step, and two at once: nothing half is ever seen, and whoever comes next
// makes the very same snapshot.
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite struct SnapshotCrashTests {
  @Test func `a runner whose session ends at any step leaves nothing, or all of it`() async throws {
    var random = SeededGenerator.forThisRun()
    let model = AccountsModel(count: 180, random: &random)
    let database = try await LedgerDatabase.make()
    try await database.run("fill", model.script)
    try await withSnapshots(in: database) { snapshots in
      for (period, step) in SnapshotSettling.Step.allCases.enumerated() {
        let plan = SnapshotPlan.close(period: Int32(period), of: snapshots.type)
        let cut = SnapshotSettling(pool: snapshots.settlingPool) { passed in
          guard passed == step else { return }
          try? await database.run("end_settlers", Self.endSettlers)
        }
        let outcome = await Self.outcome { () async throws(PostgresError) in try await cut.take(plan) }
        if step == .begun || step == .committed {
          // Nothing was under way: begun is not settling yet, and committed is over.
        } else {
          #expect(outcome == nil, "\(step)")
          let numbered = try await snapshots.reader.snapshot(plan.id)
          #expect(numbered?.state == .building && numbered?.contents == nil)
          let left = try await snapshots.count("SELECT count(*) FROM snapshots WHERE taken_at IS NOT NULL")
          #expect(left == Int64(min(period, 1)), "\(step)")
        }
        let snapshot = try await snapshots.take(plan)
        let expected = model.entries(of: plan)
        #expect(try await snapshots.entries(of: snapshot) == expected)
        #expect(snapshot.contents?.digest.bytes == expected.snapshotDigest)
        // So that the next round finds the same number of them again.
        if period > 0 { try await database.run("forget", Self.forget(snapshot.number)) }
      }
    }
  }

  @Test func `of two runners at once one settles, and both have the same snapshot`() async throws {
    var random = SeededGenerator.forThisRun()
    let model = AccountsModel(count: 60, random: &random)
    let database = try await LedgerDatabase.make()
    try await database.run("fill", model.script)
    try await withSnapshots(in: database) { snapshots in
      let plan = SnapshotPlan.close(of: snapshots.type)
      let second = Seen()
      let first = SnapshotSettling(pool: snapshots.settlingPool) { step in
        guard step != .begun, step != .committed else { return }
        second.outcomes.append(try? await snapshots.settling.take(plan))
      }
      let outcome = try await first.take(plan)
      guard case .complete(let snapshot) = outcome else { throw Surprise(what: "\(outcome)") }
      #expect(second.outcomes == [.busy, .busy, .busy, .busy])
      #expect(try await snapshots.take(plan) == snapshot)
      #expect(snapshot.contents?.digest.bytes == model.entries(of: plan).snapshotDigest)
    }
  }

  @Test func `a period is closed once, whatever the id`() async throws {
    try await withSnapshots { snapshots in
      let plan = SnapshotPlan.close(of: snapshots.type)
      let snapshot = try await snapshots.take(plan)
      let other = SnapshotPlan(
        id: SnapshotID(UUIDBits(high: 9, low: 9)), board: plan.board, period: plan.period, purpose: .close,
        slot: plan.slot, asOf: plan.asOf)
      #expect(try await snapshots.take(other) == snapshot)
      #expect(try await snapshots.reader.snapshot(other.id) == nil)
      #expect(try await snapshots.reader.close(of: SnapshotPlan.testBoard, period: 2) == snapshot)
    }
  }

  @Test func `one that failed says why, and is taken when it is tried again`() async throws {
    try await withSnapshots { snapshots in
      let plan = SnapshotPlan.close(of: snapshots.type)
      let begun = try await snapshots.settling.begin(plan)
      try await snapshots.settling.fail(plan.id, because: "no room")
      let failed = try await snapshots.reader.snapshot(plan.id)
      #expect(failed?.state == .failed(reason: "no room"))
      #expect(try await snapshots.settling.settle(begun) == failed.map { .ended($0) })
      let snapshot = try await snapshots.take(plan)
      #expect(snapshot.number == begun.number && snapshot.isComplete)
      try await snapshots.settling.fail(plan.id, because: "too late")
      #expect(try await snapshots.reader.snapshot(plan.id) == snapshot)
    }
  }

  @Test func `the position is that of the moment`() async throws {
    let database = try await LedgerDatabase.make()
    try await withSnapshots(in: database) { snapshots in
      #expect(try await snapshots.take(.demand(1, of: snapshots.type)).position == nil)
      try await database.run(
        "number",
        """
        INSERT INTO batches (id, position, user_ids, point_type_ids, revisions)
        VALUES (1, 1, '{}', '{}', '{}'), (2, 2, '{}', '{}', '{}'), (3, NULL, '{}', '{}', '{}')
        """)
      let snapshot = try await snapshots.take(.demand(2, of: snapshots.type))
      #expect(snapshot.position == 2 && snapshot.plan.asOf == snapshot.takenAt && snapshot.takenAt != nil)
    }
  }

  /// Of one loop.
  private final class Seen: @unchecked Sendable {
    var outcomes: [SettlingOutcome?] = []
  }

  private static let endSettlers = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE application_name = '\(settlerName)' AND datname = current_database()
    """

  private static func forget(_ number: SnapshotNumber) -> String {
    """
    SET session_replication_role = replica;
    DELETE FROM snapshot_entries WHERE snapshot_number = \(number.value);
    DELETE FROM snapshot_users WHERE snapshot_number = \(number.value);
    DELETE FROM snapshots WHERE number = \(number.value);
    """
  }

  /// Nil if it threw.
  private static func outcome(
    _ body: () async throws(PostgresError) -> SettlingOutcome
  ) async -> SettlingOutcome? {
    try? await body()
  }
}

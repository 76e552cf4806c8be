// What nobody can do to a snapshot that is complete, neither the service nor the owner of the database.
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite struct SnapshotGuardTests {
  private static let statements = [
    "UPDATE snapshot_entries SET rank = 1", "DELETE FROM snapshot_entries", "TRUNCATE snapshot_entries",
    "UPDATE snapshot_users SET places = places", "DELETE FROM snapshot_users", "TRUNCATE snapshot_users",
    "DELETE FROM snapshots", "TRUNCATE snapshots CASCADE",
    "UPDATE snapshots SET digest = decode(repeat('00', 32), 'hex')", "UPDATE snapshots SET members = 0",
    "UPDATE snapshots SET state = 'building'", "UPDATE snapshots SET state = 'failed'",
    "UPDATE snapshots SET state = 'expired'", "UPDATE snapshots SET board_name = 'other'",
    "UPDATE snapshots SET checked = 9, drifted = 1, repaired = 1",
    """
    INSERT INTO snapshot_entries (snapshot_number, place, rank, user_id, score, reached_at, version)
    SELECT max(snapshot_number), max(place) + 1, 1, 'late', 1, now(), 1 FROM snapshot_entries
    """,
    """
    INSERT INTO snapshot_users (snapshot_number, first_user, users, places)
    SELECT max(snapshot_number), 'late', '{late}', '{1}' FROM snapshot_entries
    """,
  ]

  @Test(arguments: [false, true])
  func `a complete snapshot is never changed`(byOwner: Bool) async throws {
    var random = SeededGenerator.forThisRun()
    let model = AccountsModel(count: 70, random: &random)
    let database = try await LedgerDatabase.make()
    try await database.run("fill", model.script)
    try await withSnapshots(in: database) { snapshots in
      let snapshot = try await snapshots.take(.demand(1, of: snapshots.type))
      let comparison = Snapshot.Comparison(checked: 70, drifted: 2, repaired: 1)
      #expect(try await snapshots.settling.note(comparison, of: snapshot.id))
      #expect(try await !snapshots.settling.note(comparison, of: snapshot.id))
      let options = byOwner ? try database.ownerOptions() : try database.options()
      for statement in Self.statements {
        let refusal = try await Self.refusal(of: statement, as: options)
        #expect(refusal == .insufficientPrivilege, "\(statement)")
      }
      #expect(try await snapshots.reader.snapshot(snapshot.id)?.comparison == comparison)
      #expect(try await snapshots.reader.contents(of: snapshot.number) == snapshot.contents)
    }
  }

  @Test func `what went round the guards is found by the digest`() async throws {
    var random = SeededGenerator.forThisRun()
    let model = AccountsModel(count: 70, random: &random)
    let database = try await LedgerDatabase.make()
    try await database.run("fill", model.script)
    try await withSnapshots(in: database) { snapshots in
      let snapshot = try await snapshots.take(.demand(1, of: snapshots.type))
      try await database.run(
        "tamper",
        """
        SET session_replication_role = replica;
        UPDATE snapshot_entries SET user_id = 'thief' WHERE place = 1
        """
      )
      #expect(try await snapshots.reader.contents(of: snapshot.number).digest != snapshot.contents?.digest)
    }
  }

  private static func refusal(
    of statement: String, as options: PostgresConnectionOptions
  ) async throws -> SQLState? {
    try await LedgerDatabase.withSession(options) { session in
      do throws(PostgresError) {
        try await session.run(script: PostgresSQL("change", Array(statement.utf8)))
        return nil
      } catch {
        return error.state
      }
    }
  }
}

// What nobody can do to a revision, neither the service nor the owner of the database.
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite struct RevisionGuardTests {
  private static let statements = [
    "UPDATE snapshot_changes SET score_was = 0", "DELETE FROM snapshot_changes", "TRUNCATE snapshot_changes",
    "INSERT INTO snapshot_changes SELECT snapshot_number, 'late', 1, 1, now() FROM snapshot_changes",
    "UPDATE snapshots SET why = 'other' WHERE revision = 2", "UPDATE snapshots SET revises = NULL",
    "UPDATE snapshots SET original = id WHERE revision = 2",
    "UPDATE snapshots SET revision = 7 WHERE revision = 2",
    "DELETE FROM snapshot_entries WHERE snapshot_number = 2", next(revision: "revision + 2"),
    next(asOf: "as_of - interval '1 day'"), next(style: "'ordinal'"), next(state: "'complete'"),
    // Begun and not made.
    next(),
  ]

  /// Another behind the newest, or behind the original.
  private static func next(
    revision: String = "revision + 1", asOf: String = "as_of", style: String = "rank_style",
    state: String = "'building'", of number: Int = 2
  ) -> String {
    """
    INSERT INTO snapshots (id, point_type_id, board, board_name, category, period_number, period_label,
      source, slot_key, min_score, min_count, enabled_only, ascending, taken_at, position, purpose, why,
      revised_by, rank_style, as_of, revises, original, original_purpose, revision, state, members, score_sum,
      digest)
    SELECT gen_random_uuid(), point_type_id, board, board_name, category, period_number, period_label, source,
      slot_key, min_score, min_count, enabled_only, ascending, taken_at, position, 'revision', 'why', 'who',
      \(style), \(asOf), id, coalesce(original, id), coalesce(original_purpose, purpose), \(revision),
      \(state), members, score_sum, digest
    FROM snapshots WHERE revision = \(number)
    """
  }

  @Test(arguments: [false, true])
  func `nobody changes a revision, or what it says that it changed`(byOwner: Bool) async throws {
    var random = SeededGenerator.forThisRun()
    let model = AccountsModel(count: 70, random: &random)
    let database = try await LedgerDatabase.make()
    try await database.run("fill", model.script)
    try await withSnapshots(in: database) { snapshots in
      let close = try await snapshots.take(.close(of: snapshots.type))
      let first = try #require(try await snapshots.entries(of: close).first)
      let outcome = try await snapshots.revising.revise(
        close.id, with: [SnapshotCorrection(first.user, .disqualified)], because: "unfair",
        by: Actor(service: "referee"))
      guard case .revised(let revision) = outcome else { throw Surprise(what: "\(outcome)") }
      try #require(revision.number.value == 2)
      let options = byOwner ? try database.ownerOptions() : try database.options()
      for statement in Self.statements {
        let refusal = try await Self.refusal(of: statement, as: options)
        #expect(refusal == .insufficientPrivilege, "\(statement)")
      }
      // A line does not fork.
      #expect(try await Self.refusal(of: Self.next(of: 1), as: options) == .uniqueViolation)
      #expect(try await snapshots.reader.contents(of: revision.number) == revision.contents)
      #expect(try await snapshots.count("SELECT count(*) FROM snapshots") == 2)
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

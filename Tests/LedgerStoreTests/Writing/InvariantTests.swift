// What SQL holds by itself, whoever writes; and that every statement fits the schema.
import Foundation
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite struct InvariantTests {
  private static let legs =
    "INSERT INTO transactions (id, user_id, point_type_id, version, type, amount, before, after, "
    + "total_earned, total_spent, kind, reverses, occurred_at, created_at, created_by) SELECT "
  private static let rest = ", now(), now(), gen_random_uuid() FROM point_types WHERE name = 'points'"

  static let breaches: [(name: String, script: String, state: String)] = [
    ("a negative balance", "UPDATE accounts SET balance = -1", "23514"),
    ("more held than there is", "UPDATE accounts SET held = balance + 1", "23514"),
    ("a negative hold", "UPDATE accounts SET held = -1", "23514"),
    ("fewer revisions than versions", "UPDATE accounts SET revision = version - 1", "23514"),
    ("a chain without an end", "UPDATE accounts SET last_transaction_at = NULL", "23514"),
    ("a negative total", "UPDATE accounts SET total_spent = -1", "23514"),
    ("a user who has accounts", "DELETE FROM users WHERE id = 'ada'", "23503"),
    ("a type that has accounts", "DELETE FROM point_types WHERE name = 'points'", "23503"),
    (
      "a key for nothing", "INSERT INTO requests VALUES (gen_random_uuid(), decode(repeat('0', 32), 'hex'))",
      "23502"
    ),
    (
      "a version twice",
      legs + "gen_random_uuid(), 'ada', id, 1, 'credit', 5, 0, 5, 5, 0, 'award', NULL::uuid" + rest, "23505"
    ),
    (
      "a sum that is none",
      legs + "gen_random_uuid(), 'ada', id, 2, 'credit', 5, 0, 6, 5, 0, 'award', NULL::uuid" + rest, "23514"
    ),
    (
      "nothing at all",
      legs + "gen_random_uuid(), 'ada', id, 2, 'credit', 0, 5, 5, 5, 0, 'award', NULL::uuid" + rest, "23514"
    ),
    (
      "a reversal of nothing",
      legs + "gen_random_uuid(), 'ada', id, 2, 'debit', 5, 5, 0, 0, 0, 'reversal', NULL::uuid" + rest, "23514"
    ),
    (
      "an award that reverses",
      legs + "gen_random_uuid(), 'ada', id, 2, 'credit', 5, 5, 10, 0, 0, 'award', gen_random_uuid()" + rest,
      "23514"
    ),
  ]

  @Test func `what would break an invariant is refused by the schema, and nothing can be unwritten`()
    async throws
  {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes { lanes in
      await #expect(lanes[0].post(.of(.credit(5, to: "ada", in: points), key: 1)).receipt != nil)
    }
    let before = try await ledger.contents()
    try await LedgerDatabase.withSession(try ledger.database.ownerOptions()) { session in
      for breach in Self.breaches {
        let state = await Self.state(of: breach.script, named: breach.name, on: session)
        #expect(state?.rawValue == breach.state, "\(breach.name)")
      }
      for change in SQL.changes {
        let state = await Self.state { () async throws(PostgresError) in try await session.run(script: change)
        }
        #expect(state == .insufficientPrivilege, "\(change.name)")
      }
    }
    let after = try await ledger.contents()
    after.check()
    #expect(after.transactions == before.transactions && after.requests == before.requests)
  }

  @Test func `every statement fits the schema`() async throws {
    let folder = URL(filePath: #filePath).appending(path: "../../../../Sources/LedgerStore/sql").standardized
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    let names = files.map { $0.deletingPathExtension().lastPathComponent }.sorted()
    let statements = names.filter { !$0.hasPrefix("m0") && !Self.scripts.contains($0) }
    try #require(statements.count > 15)
    let ledger = try await TestLedger.make()
    try await LedgerDatabase.withSession(try ledger.database.ownerOptions()) { session in
      for name in statements {
        let text = try String(contentsOf: folder.appending(path: "\(name).sql"), encoding: .utf8)
        let state = await Self.state(of: "PREPARE \(name) AS \(text)", named: name, on: session)
        #expect(state == nil, "\(name).sql")
      }
    }
  }

  /// Files of several statements, which the migrator's tests run.
  private static let scripts: Set = [
    "create_schema_migrations", "ensure_service_role", "grant_service_role",
  ]

  private static func state(
    of script: String, named name: String, on session: PostgresSession
  ) async -> SQLState? {
    await state { () async throws(PostgresError) in try await session.run(script: SQL.script(name, script)) }
  }

  private static func state(_ body: () async throws(PostgresError) -> Void) async -> SQLState? {
    do throws(PostgresError) {
      try await body()
      return nil
    } catch {
      return error.state ?? .connectionFailure
    }
  }
}

// Every statement of the store is planned against a migrated database by the role that will run it: a
// table, a column or a grant that is missing is found here and not in the middle of a posting.
import Foundation
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite struct StatementPrivilegesTests {
  /// What only the owner of the schema runs, by `points migrate` and `points keys`.
  private static let ofOwner: Set<String> = [
    "ensure_service", "insert_key", "lock_service", "lock_service_of_key", "note_compatibility",
    "record_migration", "retire_key", "retire_keys_of_service",
  ]

  @Test func `the service may run every statement that is not its owner's`() async throws {
    let statements = try Self.statements()
    #expect(statements.count > 20)
    let database = try await LedgerDatabase.make()
    let service = try await Self.refusals(of: statements, as: try database.options())
    #expect(Set(service.keys) == Self.ofOwner)
    #expect(service.values.allSatisfy { $0 == .insufficientPrivilege }, "\(service)")
  }

  @Test func `the owner may run all of them`() async throws {
    let database = try await LedgerDatabase.make()
    let owner = try await Self.refusals(of: try Self.statements(), as: try database.ownerOptions())
    #expect(owner.isEmpty, "\(owner)")
  }

  /// Not statements but scripts: nobody plans them.
  private static let scripts: Set<String> = [
    "create_schema_migrations", "ensure_service_role", "grant_service_role",
  ]

  private static func statements() throws -> [String: String] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/LedgerStore/sql")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    var statements: [String: String] = [:]
    for file in files {
      let name = file.deletingPathExtension().lastPathComponent
      guard name.firstMatch(of: /^m\d{4}_/) == nil, !scripts.contains(name) else { continue }
      statements[name] = try String(contentsOf: file, encoding: .utf8)
    }
    return statements
  }

  /// What Postgres answers instead of a plan.
  private static func refusals(
    of statements: [String: String], as options: PostgresConnectionOptions
  ) async throws -> [String: SQLState] {
    try await LedgerDatabase.withSession(options) { session in
      var refusals: [String: SQLState] = [:]
      for (name, text) in statements {
        do throws(PostgresError) {
          try await session.run(script: planning(name, text))
        } catch {
          refusals[name] = error.state
        }
      }
      return refusals
    }
  }

  private static func planning(_ name: String, _ text: String) -> PostgresSQL {
    let code = text.split(separator: "\n").filter { !$0.hasPrefix("--") }.joined(separator: "\n")
    let count = code.matches(of: /\$(\d+)/).compactMap { Int($0.1) }.max() ?? 0
    let nulls = count == 0 ? "" : "(\(repeatElement("NULL", count: count).joined(separator: ", ")))"
    let script = "DEALLOCATE ALL;\nPREPARE planned AS \(code);\nEXPLAIN EXECUTE planned\(nulls)"
    return SQL.script("plan_\(name)", script)
  }
}

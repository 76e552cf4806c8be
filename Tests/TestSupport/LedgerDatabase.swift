// A database of a test's own with the schema of the ledger: migrated once in each process, and copied from
// then on.
import EmbeddedServers
import LedgerStore
package import PostgresClient
import Synchronization

/// A database on the shared server.
package struct LedgerDatabase: Sendable {
  package let name: String

  /// A new database with everything migrated, and nothing in it.
  package static func make() async throws -> LedgerDatabase {
    let template = try await migratedTemplate.value
    return try await create(from: template.name)
  }

  /// A new database without anything.
  package static func makeUnmigrated() async throws -> LedgerDatabase {
    try await create(from: "template1")
  }

  /// As the service connects: restricted to its role, on a schema it knows.
  package func options(application: String = "ledger tests") throws -> PostgresConnectionOptions {
    var options = try ownerOptions(application: application)
    options.serveLedger()
    return options
  }

  /// As the owner of the schema, who is a superuser here.
  package func ownerOptions(application: String = "ledger tests") throws -> PostgresConnectionOptions {
    var options = try PostgresConnectionOptions(parsing: try url)
    options.applicationName = application
    return options
  }

  /// For whoever takes a URL.
  package var url: String {
    get throws { try Self.url(of: name) }
  }

  // MARK: Making

  private static let migratedTemplate = Task {
    let template = try await makeUnmigrated()
    let options = try template.ownerOptions()
    _ = try await onNewLoop { try await Migrator().migrate(options, on: $0) }
    return template
  }

  private static let count = Atomic(0)

  private static func create(from template: String) async throws -> LedgerDatabase {
    let name = "ledger_\(count.add(1, ordering: .relaxed).newValue)"
    let statement = "CREATE DATABASE \(name) TEMPLATE \(template)"
    var options = try PostgresConnectionOptions(parsing: try url(of: "postgres"))
    // While a copy is made, the next one of the same template has to wait.
    options.statementTimeout = .seconds(60)
    options.lockTimeout = .seconds(60)
    let chosen = options
    try await onNewLoop { loop in
      let session = try await PostgresSession.connect(chosen, on: loop)
      defer { session.close() }
      try await session.run(script: PostgresSQL("create_database", Array(statement.utf8)))
    }
    return LedgerDatabase(name: name)
  }

  private static func url(of database: String) throws -> String {
    let url = try SharedServers.outcome.get().postgres.connectionURL
    return url.replacing("///points?", with: "///\(database)?")
  }
}

extension LedgerDatabase {
  /// Runs the body with a session, on a loop of its own.
  package static func withSession<Value: Sendable>(
    _ options: PostgresConnectionOptions,
    _ body: @escaping @Sendable (PostgresSession) async throws -> Value
  ) async throws -> Value {
    try await onNewLoop { loop in
      let session = try await PostgresSession.connect(options, on: loop)
      defer { session.close() }
      return try await body(session)
    }
  }
}

extension LedgerDatabase {
  /// Runs statements as the owner.
  package func run(_ name: String, _ statements: String) async throws {
    try await Self.withSession(try ownerOptions()) {
      try await $0.run(script: PostgresSQL(name, Array(statements.utf8)))
    }
  }

  /// Adds what only a later version of Points would know.
  package func pretendNewer() async throws {
    try await run(
      "pretend_newer",
      "INSERT INTO schema_migrations VALUES (9999, 'future', decode(repeat('00', 32), 'hex'))")
  }
}

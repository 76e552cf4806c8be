// A database of a test's own with the schema of the ledger: migrated once in each process, and copied from
// then on.
package import EmbeddedServers
import LedgerStore
package import PostgresClient
import Synchronization

/// A database on the shared server, or on another one that a test does harm to.
package struct LedgerDatabase: Sendable {
  package let name: String
  /// Of its server, or nil for the shared one.
  private let serverURL: String?

  /// A new database on the shared server with everything migrated, and nothing in it.
  package static func make() async throws -> LedgerDatabase {
    let template = try await migratedTemplate.value
    return try await create(from: template.name, on: nil)
  }

  /// The same on a server of the test's own.
  package static func make(on servers: EmbeddedServers) async throws -> LedgerDatabase {
    let database = try await create(from: "template1", on: servers.postgres.connectionURL)
    try await database.migrate()
    return database
  }

  /// A new database without anything.
  package static func makeUnmigrated() async throws -> LedgerDatabase {
    try await create(from: "template1", on: nil)
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
    options.beForTests()
    return options
  }

  /// For whoever takes a URL.
  package var url: String {
    get throws { try Self.url(of: name, on: serverURL) }
  }

  // MARK: Making

  private static let migratedTemplate = Task {
    let template = try await makeUnmigrated()
    try await template.migrate()
    return template
  }

  private func migrate() async throws {
    let options = try ownerOptions()
    _ = try await onNewLoop { try await Migrator().migrate(options, on: $0) }
  }

  private static let count = Atomic(0)

  private static func create(from template: String, on server: String?) async throws -> LedgerDatabase {
    let name = "ledger_\(count.add(1, ordering: .relaxed).newValue)"
    let statement = "CREATE DATABASE \(name) TEMPLATE \(template)"
    var options = try PostgresConnectionOptions(parsing: try url(of: "postgres", on: server))
    // While a copy is made, the next one of the same template has to wait.
    options.beForTests()
    let chosen = options
    try await onNewLoop { loop in
      let session = try await PostgresSession.connect(chosen, on: loop)
      defer { session.close() }
      try await session.run(script: PostgresSQL("create_database", Array(statement.utf8)))
    }
    return LedgerDatabase(name: name, serverURL: server)
  }

  private static func url(of database: String, on server: String?) throws -> String {
    let url = try server ?? SharedServers.outcome.get().postgres.connectionURL
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

  /// Adds what only a later version of Points would know. It suits programs that know the migrations up to
  /// the one given, or none that does not know it.
  package func pretendNewer(worksFrom number: Int32? = nil) async throws {
    try await run(
      "pretend_newer",
      """
      INSERT INTO schema_migrations (number, name, checksum, works_from)
      VALUES (9999, 'future', decode(repeat('00', 32), 'hex'), \(number.map { "\($0)" } ?? "NULL"))
      """)
  }
}

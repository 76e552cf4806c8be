// The server of these tests: one private Postgres for all suites, started by the first that asks. A suite
// that stops or kills its server starts one of its own.
import EmbeddedServers
import EventLoop
import PostgresClient
import TestSupport

/// The shared server, and ways to work on a loop.
enum TestDatabase {
  /// Kept until the process ends: the server has its own guard against being left behind.
  static let servers = Result { try start(listensOnLoopback: true) }

  /// A server of one's own needs no port, which another process could take while it is down.
  static func start(listensOnLoopback: Bool = false) throws -> EmbeddedServers {
    var options = EmbeddedOptions.forTests
    options.listensOnLoopback = listensOnLoopback
    return try EmbeddedServers.startUntilExit(options)
  }

  /// Options for the shared server, with an application name by which a test can find its own sessions.
  static func options(application: String) throws -> PostgresConnectionOptions {
    try options(servers.get().postgres.connectionURL, application: application)
  }

  static func options(_ url: String, application: String) throws -> PostgresConnectionOptions {
    var options = try PostgresConnectionOptions(parsing: url)
    options.applicationName = application
    // No busy machine reaches them; tests of time-outs set their own.
    (options.connectTimeout, options.statementTimeout) = (.seconds(60), .seconds(60))
    options.lockTimeout = .seconds(50)
    return options
  }
}

/// Runs the body with a session of the shared server.
func withSession<Value: Sendable>(
  _ change: (inout PostgresConnectionOptions) -> Void = { _ in },
  _ body: @escaping @Sendable (PostgresSession) async throws -> Value
) async throws -> Value {
  var options = try TestDatabase.options(application: "session tests")
  change(&options)
  let chosen = options
  return try await onNewLoop { loop in
    let session = try await PostgresSession.connect(chosen, on: loop)
    defer { session.close() }
    return try await body(session)
  }
}

/// Runs the body with a running pool.
func withPool<Value: Sendable>(
  _ options: PostgresConnectionOptions, _ poolOptions: PostgresPoolOptions = .forTests(sessionsMax: 4),
  _ body: @escaping @Sendable (PostgresPool, EventLoop) async throws -> Value
) async throws -> Value {
  try await onNewLoop { loop in
    let pool = PostgresPool(options, poolOptions, on: loop)
    let ended = OneShot<Void>()
    loop.spawn {
      await pool.run()
      ended.fulfil(())
    }
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await body(pool, loop))
    } catch {
      outcome = .failure(error)
    }
    await pool.close(within: .seconds(1))
    await ended.value()
    return try outcome.get()
  }
}

/// The Postgres error that the body throws, if it does.
func postgresError(_ body: () async throws(PostgresError) -> Void) async -> PostgresError? {
  do throws(PostgresError) {
    try await body()
    return nil
  } catch {
    return error
  }
}

// The Postgres and the Redis of these tests, started by the first that asks. A test that hurts them leaves
// them running again; one that failed in between may have not, so each begins by looking.
import EmbeddedServers
import TestSupport

/// One of the two.
enum Store: String, CaseIterable, Sendable {
  case postgres, redis

  func kill(_ servers: EmbeddedServers) {
    switch self {
    case .postgres: servers.postgres.kill()
    case .redis: servers.redis.kill()
    }
  }

  func stop(_ servers: EmbeddedServers) {
    switch self {
    case .postgres: servers.postgres.stop()
    case .redis: servers.redis.stop()
    }
  }

  func start(_ servers: EmbeddedServers) throws {
    switch self {
    case .postgres: try servers.postgres.start()
    case .redis: try servers.redis.start()
    }
  }

  func pause(_ servers: EmbeddedServers) {
    switch self {
    case .postgres: servers.postgres.pause()
    case .redis: servers.redis.pause()
    }
  }

  func resume(_ servers: EmbeddedServers) {
    switch self {
    case .postgres: servers.postgres.resume()
    case .redis: servers.redis.resume()
    }
  }

  func isRunning(_ servers: EmbeddedServers) -> Bool {
    switch self {
    case .postgres: servers.postgres.processID != nil
    case .redis: servers.redis.processID != nil
    }
  }
}

enum Stores {
  /// The very servers that ledgers of tests are made on: what strikes these strikes them.
  private static let servers = Result { () throws -> EmbeddedServers in
    let servers = try SharedServers.outcome.get()
    try LedgerDatabase.migrateWaiting(servers.postgres.connectionURL)
    return servers
  }

  /// Both, running and awake.
  static func running() throws -> EmbeddedServers {
    let servers = try servers.get()
    for store in Store.allCases {
      store.resume(servers)
      if !store.isRunning(servers) { try store.start(servers) }
    }
    return servers
  }
}

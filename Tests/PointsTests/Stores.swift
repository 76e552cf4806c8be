// The Postgres and the Redis that the tests of `points serve` give it, started by the first that asks.
import EmbeddedServers
import Foundation
import Synchronization
import TestSupport

enum Stores {
  private static let servers = Result { () throws -> EmbeddedServers in
    var options = EmbeddedOptions.forTests
    options.listensOnLoopback = true
    let servers = try EmbeddedServers.start(options)
    try LedgerDatabase.migrateWaiting(servers.postgres.connectionURL)
    serversToStop.withLock { $0.append(servers) }
    atexit { serversToStop.withLock { $0 }.forEach { $0.stop() } }
    return servers
  }

  static func running() throws -> EmbeddedServers {
    try servers.get()
  }

  /// The environment of a `points serve` on these stores, on a free port.
  static func environment() throws -> [String: String] {
    let servers = try running()
    return [
      "POINTS_DATABASE_URL": servers.postgres.connectionURL, "POINTS_REDIS_URL": servers.redis.connectionURL,
      "POINTS_LISTEN": "127.0.0.1:0", "POINTS_BENCH_ENDPOINTS": "on",
    ]
  }
}

private let serversToStop = Mutex<[EmbeddedServers]>([])

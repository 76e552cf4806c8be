// A ledger of a test's own: a migrated database, a Redis with nothing in it, and services with keys.
import Configuration
import EmbeddedServers
import Foundation
import LedgerStore
import PostgresClient
import Service
import TestSupport

struct Installation: Sendable {
  let servers: EmbeddedServers
  /// Nil where a test brought its own.
  var database: LedgerDatabase?
  let databaseURL: String
  let admin: String
  let service: String
  /// Another key of the same service.
  let rotated: String
  /// Of another service.
  let other: String
  let reader: String
  let payouts: String
  let revoked: String

  /// On the servers that the tests of this module share and hurt: whoever stops their Postgres stops that of
  /// the ledger.
  static func make(on chosen: EmbeddedServers? = nil) async throws -> Installation {
    let servers = try chosen ?? Stores.running()
    try StoreConsole(servers.redis).run("FLUSHALL")
    let database = try await LedgerDatabase.make(on: servers)
    var installation = try await make(on: servers, try database.url)
    installation.database = database
    return installation
  }

  /// On a ledger without services.
  static func make(on servers: EmbeddedServers, _ databaseURL: String) async throws -> Installation {
    let options = try PostgresConnectionOptions(parsing: databaseURL)
    let keys = try await LedgerDatabase.withSession(options) { session in
      let registry = ServiceRegistry(on: session)
      let service = try await registry.create(service: "game", role: .service)
      let revoked = try await registry.create(service: "gone", role: .admin)
      _ = try await registry.revoke(.key(id: revoked.key.id))
      return [
        try await registry.create(service: "office", role: .admin), service,
        try await registry.rotate(.key(id: service.key.id), grace: .seconds(3600)),
        try await registry.create(service: "shop", role: .service),
        try await registry.create(service: "site", role: .reader), revoked,
        try await registry.create(service: "purser", role: .payouts),
      ].map(\.key.text)
    }
    return Installation(
      servers: servers, databaseURL: databaseURL, admin: keys[0], service: keys[1], rotated: keys[2],
      other: keys[3], reader: keys[4], payouts: keys[6], revoked: keys[5])
  }

  /// For how long services wait for a Redis that is slow, as it is on a busy machine: what is asked of it in
  /// a test comes from it then. Where it does not answer at all the default is kept.
  static let redisTimeout = Duration.seconds(10)

  /// A secret that is known to everybody: the seed of the first vector of RFC 8032.
  static let reportKey = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"

  /// Runs a service of two workers on it, inside this process, until the body ends.
  func serving(
    as traits: ReleaseTraits = ReleaseTraits(), _ change: (inout ServeConfiguration) -> Void = { _ in },
    _ body: @escaping @Sendable (RunningService) throws -> Void
  ) async throws {
    let databaseURL = databaseURL
    let servers = servers
    try await RunningService.on(servers, as: traits) {
      $0.databaseURL = Secret(databaseURL)
      $0.benchEndpoints = false
      $0.databaseTimeout = .seconds(5)
      $0.redisTimeout = Self.redisTimeout
      $0.reportKey = Secret(Self.reportKey)
      change(&$0)
    } _: { service in
      try waitUntilMirrored([service.port])
      try body(service)
    }
  }

  /// Waits until the board of the default type comes from Redis, whichever worker is asked.
  func waitUntilMirrored(_ ports: [UInt16], within limit: Duration = .seconds(20)) throws {
    let callers = try ports.flatMap { port in try (0..<4).map { _ in try Caller(port: port) } }
    let isMirrored = try Eventually.holds(within: limit) {
      try callers.allSatisfy { caller in
        try caller.ask(.get("/points/leaderboard?limit=1", as: reader)).json["source"].text == "redis"
      }
    }
    guard isMirrored else { throw NeverMirrored() }
  }

  struct NeverMirrored: Error {}

  /// Settings of a process that has its database by way of a proxy.
  func databaseSettings(through proxy: CuttingProxy) -> [String: String] {
    databaseSettings(through: proxy.port)
  }

  /// The same for a proxy on a port.
  func databaseSettings(through port: UInt16) -> [String: String] {
    let name = databaseURL.dropFirst("postgresql:///".utf8.count).prefix { $0 != "?" }
    let direct = (servers.postgres.loopbackURL ?? "").replacing(
      ":\(servers.postgres.port)/", with: ":\(port)/")
    return ["POINTS_DATABASE_URL": direct.replacing(/\/points$/, with: "/\(name)")]
  }

  /// The same for Redis.
  func redisSettings(through proxy: CuttingProxy) -> [String: String] { redisSettings(through: proxy.port) }

  func redisSettings(through port: UInt16) -> [String: String] {
    let direct = servers.redis.loopbackURL ?? ""
    return ["POINTS_REDIS_URL": direct.replacing(":\(servers.redis.port ?? 0)/", with: ":\(port)/")]
  }
}

// What becomes of points while Redis is another, full, slow or away for long.
import EmbeddedServers
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct RedisFaultTests {
    @Test func `a failover to a replica that lagged behind loses nothing that anybody is shown`() async throws
    {
      let installation = try await Installation.make()
      let primary = try #require(installation.servers.redis.port)
      let replica = try ReplicaOfRedis(of: installation.servers.redis)
      defer { replica.stop() }
      let proxies = [try CuttingProxy(to: primary), try CuttingProxy(to: primary)]
      defer { for proxy in proxies { proxy.close() } }
      let settings = proxies.map { proxy in
        installation.redisSettings(through: proxy).merging(ServiceProcess.impatient) { $1 }
      }
      var ordeal = try Ordeal(installation, settings)
      let record = try ordeal.endure { load in
        try replica.lag()
        #expect(load.goesOn(by: 300, within: .seconds(10)), "the replica misses a good deal")
        for proxy in proxies { proxy.lead(to: replica.port) }
        #expect(load.goesOn(by: 50, within: Ordeal.recovery))
      }
      #expect(record.acknowledged > record.unprojected)
    }

    @Test
    func `a full Redis keeps no posting waiting, is not read for long, and is followed up once it has room`()
      async throws
    {
      var ordeal = try Ordeal(try await Installation.make(), ServicePair.impatient)
      let console = StoreConsole(ordeal.installation.servers.redis)
      let (installation, ports) = (ordeal.installation, ordeal.services.ports)
      let record = try ordeal.endure { load in
        try console.run("CONFIG SET maxmemory 1")
        defer { _ = try? console.run("CONFIG SET maxmemory 0") }
        #expect(load.goesOn(by: 100, within: .seconds(10)))
        // What is more than five seconds behind is not read.
        let audits = try ports.map { try Caller(port: $0) }
        let isLedgers = try Eventually.holds(within: .seconds(25)) {
          try audits.allSatisfy { caller in
            let board = try caller.ask(.get("/points/leaderboard?limit=1", as: installation.service))
            return board.json["source"].text == "ledger"
          }
        }
        #expect(isLedgers)
      }
      #expect(record.unprojected > 0 && record.refused == 0)
    }

    @Test func `a Redis that answers late keeps nobody waiting for longer than its time-out`() async throws {
      var ordeal = try Ordeal(try await Installation.make(), ServicePair.impatient)
      let console = StoreConsole(ordeal.installation.servers.redis)
      let record = try ordeal.endure { load in
        for _ in 0..<3 {
          try console.run("CLIENT PAUSE 700 ALL")
          #expect(load.goesOn(by: 100, within: .seconds(10)))
        }
      }
      #expect(record.refused == 0)
    }

    @Test func `a Redis that is away for long is done without, and brought up to date when it is back`()
      async throws
    {
      var ordeal = try Ordeal(try await Installation.make(), ServicePair.impatient)
      let redis = ordeal.installation.servers.redis
      let record = try ordeal.endure { load in
        redis.kill()
        let end = ContinuousClock.now + .seconds(6)
        while ContinuousClock.now < end { #expect(load.goesOn(by: 20, within: .seconds(10))) }
        try redis.start()
      }
      #expect(record.unprojected > 0 && record.refused == 0)
    }
  }
}

/// Another Redis that has what the first one writes, until it is told otherwise.
private final class ReplicaOfRedis {
  private let servers: EmbeddedServers
  private let password: String
  let port: UInt16

  /// Waits until it has all.
  init(of primary: EmbeddedRedis) throws {
    var options = EmbeddedOptions.forTests
    options.includesPostgres = false
    options.listensOnLoopback = true
    servers = try EmbeddedServers.startUntilExit(options)
    port = servers.redis.port ?? 0
    password = primary.password ?? ""
    let console = StoreConsole(servers.redis)
    let first = StoreConsole(primary)
    // Else it waits five seconds for other replicas before it sends anything to this one.
    try first.run("CONFIG SET repl-diskless-sync-delay 0")
    try console.run("CONFIG SET masterauth \(password)")
    try console.run("REPLICAOF 127.0.0.1 \(primary.port ?? 0)")
    // Who calls has one password for both.
    try console.run("CONFIG SET requirepass \(password)")
    let isThere = try Eventually.holds(within: .seconds(10)) { try first.number("WAIT 1 100") == 1 }
    guard isThere else { throw NeverReplicated() }
  }

  struct NeverReplicated: Error {}

  private var console: StoreConsole { StoreConsole(port: port, password: password) }

  /// From now on it gets nothing, and may be written to: what it has is what a replica has that was behind.
  func lag() throws { try console.run("REPLICAOF NO ONE") }

  func stop() { servers.stop() }
}

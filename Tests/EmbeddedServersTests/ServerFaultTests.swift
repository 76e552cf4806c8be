// What tests do to a server: kill it, suspend it, stop it and start it again.

import Glibc
import TestSupport
import Testing

@testable import EmbeddedServers

struct ServerFaultTests {
  @Test func `a killed Postgres starts again with what was committed`() throws {
    let servers = try EmbeddedServers.start(.forTests)
    defer { servers.stop() }
    let url = servers.postgres.connectionURL
    _ = try Clients.psql(url, "CREATE TABLE kept AS SELECT 1 AS one")
    servers.postgres.kill()
    #expect(servers.postgres.processID == nil)
    #expect(ProcessTable.processes(named: "postgres", workingIn: "\(servers.directory)/postgres").isEmpty)
    try servers.postgres.start()
    #expect(try Clients.psql(url, "SELECT one FROM kept") == "1", "same URL, same data")
  }

  @Test func `a killed Redis starts again with what it answered`() throws {
    let servers = try EmbeddedServers.start(.forTests)
    defer { servers.stop() }
    _ = try Clients.redis(servers.redis, ["SET", "kept", "1"])
    servers.redis.kill()
    #expect(servers.redis.processID == nil)
    try servers.redis.start()
    #expect(try Clients.redis(servers.redis, ["GET", "kept"]) == "1")
  }

  @Test func `a server stopped and started again keeps its port`() throws {
    var options = EmbeddedOptions.forTests
    options.listensOnLoopback = true
    let servers = try EmbeddedServers.start(options)
    defer { servers.stop() }
    let url = try #require(servers.postgres.loopbackURL)
    servers.postgres.stop()
    servers.redis.stop()
    #expect(throws: EmbeddedServersError.self) { try Clients.psql(url, "SELECT 1") }
    try servers.postgres.start()
    try servers.redis.start()
    #expect(try Clients.psql(url, "SELECT 1") == "1")
    #expect(try Clients.redisOverLoopback(servers.redis, ["PING"]) == "PONG")
  }

  @Test func `a running server is not started twice`() throws {
    let servers = try EmbeddedServers.start(.forTests)
    defer { servers.stop() }
    #expect(throws: EmbeddedServersError.alreadyStarted(program: "Redis")) { try servers.redis.start() }
    #expect(throws: EmbeddedServersError.alreadyStarted(program: "Postgres")) { try servers.postgres.start() }
  }

  @Test func `suspending reaches every process, and a suspended server can be resumed or stopped`() throws {
    let servers = try EmbeddedServers.start(.forTests)
    defer { servers.stop() }
    let home = servers.directory
    servers.postgres.pause()
    servers.redis.pause()
    let suspended = Eventually.holds(within: .seconds(20)) {
      TemporaryDirectory.servers(in: home).allSatisfy { Self.state($0) == "T" }
    }
    #expect(suspended)
    servers.postgres.resume()
    #expect(try Clients.psql(servers.postgres.connectionURL, "SELECT 1") == "1")
    servers.stop()
    #expect(TemporaryDirectory.servers(in: home).isEmpty)
  }

  /// The letter by which the kernel says whether a process runs, sleeps or is stopped.
  private static func state(_ id: Int) -> String? {
    let line = Disk.readText("/proc/\(id)/stat") ?? ""
    return line.split(separator: ")").last?.split(separator: " ").first.map(String.init)
  }
}

// What becomes of the servers when the process that started them dies. Each owner is a process of its own (an
// exit test), so that it can really be killed.

import Glibc
import TestSupport
import Testing

@testable import EmbeddedServers

@Suite(.serialized)
struct OwnerDeathTests {
  /// How soon no server is left, on a busy machine too.
  private static let limit = Duration.seconds(20)

  private func kept(_ data: String) -> EmbeddedOptions {
    EmbeddedOptions(place: .kept(directory: data), durability: .processCrashOnly)
  }

  @Test func `kill -9 of the owner leaves no server, and the next start recovers at once`() async throws {
    let directory = try TemporaryDirectory()
    let data = directory.data
    await #expect(processExitsWith: .signal(SIGKILL)) { [data = data as String] in
      let servers = try Owner.start(data)
      _ = try Clients.psql(servers.postgres.connectionURL, "CREATE TABLE kept AS SELECT 5 AS five")
      Owner.die()
    }
    let servers = try EmbeddedServers.start(kept(data))
    defer { servers.stop() }
    #expect(try Clients.psql(servers.postgres.connectionURL, "SELECT five FROM kept") == "5")
  }

  @Test func `the servers of a dead owner are soon gone`() async throws {
    let directory = try TemporaryDirectory()
    let data = directory.data
    await #expect(processExitsWith: .signal(SIGKILL)) { [data = data as String] in
      _ = try Owner.start(data)
      Owner.die()
    }
    let home = try TemporaryDirectory.home(of: data)
    #expect(Eventually.holds(within: Self.limit) { TemporaryDirectory.servers(in: home).isEmpty })
  }

  @Test func `suspended servers do not outlive their owner either`() async throws {
    let directory = try TemporaryDirectory()
    let data = directory.data
    await #expect(processExitsWith: .signal(SIGKILL)) { [data = data as String] in
      let servers = try Owner.start(data)
      servers.postgres.pause()
      servers.redis.pause()
      Owner.die()
    }
    let home = try TemporaryDirectory.home(of: data)
    // Postgres gives suspended backends five seconds before it kills them.
    let limit = Self.limit + .seconds(10)
    #expect(Eventually.holds(within: limit) { TemporaryDirectory.servers(in: home).isEmpty })
  }

  @Test(arguments: ["base", "PG_VERSION", "global/pg_control"])
  func `an owner killed while it makes the cluster does not spoil the data`(milestone: String) async throws {
    let directory = try TemporaryDirectory()
    let data = directory.data
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [data = data as String, milestone = milestone as String] in
      Owner.dieWhen(milestone, isMadeIn: data)
      _ = try Owner.start(data)
    }
    let home = try TemporaryDirectory.home(of: data)
    #expect(!Disk.isDirectory("\(home)/postgres"), "killed too late to prove anything")
    let servers = try EmbeddedServers.start(kept(data))
    defer { servers.stop() }
    #expect(try Clients.psql(servers.postgres.connectionURL, "SELECT 1") == "1")
  }

  @Test(.enabled(if: geteuid() == 0, "only root can become somebody else"))
  func `an ordinary user's servers work the same, without any privilege`() async throws {
    await #expect(processExitsWith: .success) {
      try Owner.becomeNobody()
      let directory = try TemporaryDirectory(
        prefix: "/tmp/points tests, \(String(repeating: "long", count: 30))-")
      let first = try Owner.start(directory.data)
      _ = try Clients.psql(first.postgres.connectionURL, "CREATE TABLE kept AS SELECT 6 AS six")
      first.stop()
      let second = try Owner.start(directory.data)
      let six = try Clients.psql(second.postgres.connectionURL, "SELECT six FROM kept")
      let pong = try Clients.redis(second.redis, ["PING"])
      second.stop()
      let left = TemporaryDirectory.servers(in: second.directory)
      try #require(six == "6" && pong == "PONG" && left.isEmpty && second.directory.hasPrefix("/tmp/"))
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root can become somebody else"))
  func `kill -9 of an ordinary user's process leaves no server`() async throws {
    let directory = try TemporaryDirectory()
    try Disk.give(directory.path, to: Owner.nobody)
    let data = directory.data
    await #expect(processExitsWith: .signal(SIGKILL)) { [data = data as String] in
      try Owner.becomeNobody()
      _ = try Owner.start(data)
      Owner.die()
    }
    #expect(Eventually.holds(within: Self.limit) { TemporaryDirectory.servers(in: data).isEmpty })
  }
}

// Starting, using, stopping and starting again.

import Glibc
import Testing

@testable import EmbeddedServers

struct EmbeddedServersTests {
  private func kept(_ directory: TemporaryDirectory) -> EmbeddedOptions {
    EmbeddedOptions(place: .kept(directory: directory.data), durability: .processCrashOnly)
  }

  @Test func `both servers answer as soon as start returns`() throws {
    let servers = try EmbeddedServers.start(.forTests)
    defer { servers.stop() }
    let url = servers.postgres.connectionURL
    #expect(try Clients.psql(url, "SELECT current_database()") == "points")
    #expect(try Clients.psql(url, "SHOW server_encoding") == "UTF8")
    #expect(try Clients.psql(url, "SHOW lc_collate") == "C")
    #expect(try Clients.redis(servers.redis, ["PING"]) == "PONG")
  }

  @Test func `by default what is committed survives a power cut and Redis evicts nothing`() throws {
    let servers = try EmbeddedServers.start(EmbeddedOptions(place: .temporary))
    defer { servers.stop() }
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
      #expect(try Clients.psql(servers.postgres.connectionURL, "SHOW \(setting)") == "on")
    }
    // In pages of 8 KiB.
    let buffers = "SELECT setting::int / 128 FROM pg_settings WHERE name = 'shared_buffers'"
    let megabytes = SharedBuffers.megabytes(ofMemory: SharedBuffers.memory)
    #expect(try Clients.psql(servers.postgres.connectionURL, buffers) == "\(megabytes)")
    #expect(try Clients.psql(servers.postgres.connectionURL, "SHOW max_wal_size") == "4GB")
    #expect(try Clients.psql(servers.postgres.connectionURL, "SHOW checkpoint_timeout") == "15min")
    func redisSetting(_ name: String) throws -> String {
      try Clients.redis(servers.redis, ["CONFIG", "GET", name])
    }
    #expect(try redisSetting("appendonly") == "appendonly\nyes")
    #expect(try redisSetting("appendfsync") == "appendfsync\neverysec")
    #expect(try redisSetting("maxmemory-policy") == "maxmemory-policy\nnoeviction")
  }

  @Test func `Postgres keeps pages in an eighth of the memory, within bounds`() {
    let gibibyte = 1 << 30
    #expect(SharedBuffers.megabytes(ofMemory: gibibyte / 2) == 128)
    #expect(SharedBuffers.megabytes(ofMemory: 8 * gibibyte) == 1024)
    #expect(SharedBuffers.megabytes(ofMemory: 24 * gibibyte) == 3072)
    #expect(SharedBuffers.megabytes(ofMemory: 512 * gibibyte) == 4096)
    #expect(SharedBuffers.bound("536870912\n") == gibibyte / 2)
    #expect(SharedBuffers.bound("max\n") == nil)
    #expect(SharedBuffers.bound("") == nil)
    // What version 1 says where nobody has set a bound.
    #expect(SharedBuffers.bound("9223372036854771712\n") == 9_223_372_036_854_771_712)
  }

  @Test func `Redis alone has the settings asked for, and no cluster is made beside it`() throws {
    var options = EmbeddedOptions.forTests
    options.includesPostgres = false
    options.redisSettings = ["maxmemory 64mb", "appendonly no"]
    let servers = try EmbeddedServers.start(options)
    defer { servers.stop() }
    #expect(try Clients.redis(servers.redis, ["CONFIG", "GET", "maxmemory"]) == "maxmemory\n67108864")
    #expect(try Clients.redis(servers.redis, ["CONFIG", "GET", "appendonly"]) == "appendonly\nno")
    #expect(servers.postgres.processID == nil)
    #expect(!Disk.isDirectory("\(servers.directory)/postgres"))
  }

  @Test func `without being asked neither server listens on a port`() throws {
    let servers = try EmbeddedServers.start(.forTests)
    defer { servers.stop() }
    #expect(servers.postgres.loopbackURL == nil)
    #expect(servers.redis.loopbackURL == nil)
    #expect(try Clients.psql(servers.postgres.connectionURL, "SHOW listen_addresses") == "")
    #expect(try Clients.redis(servers.redis, ["CONFIG", "GET", "port"]) == "port\n0")
  }

  @Test func `a loopback port asks for the password`() throws {
    var options = EmbeddedOptions.forTests
    options.listensOnLoopback = true
    let servers = try EmbeddedServers.start(options)
    defer { servers.stop() }
    let url = try #require(servers.postgres.loopbackURL)
    #expect(try Clients.psql(url, "SELECT 7") == "7")
    let wrong = "postgresql://points:wrong@127.0.0.1:\(servers.postgres.port)/points"
    #expect(throws: EmbeddedServersError.self) { try Clients.psql(wrong, "SELECT 7") }
    #expect(try Clients.psql(servers.postgres.connectionURL, "SELECT 8") == "8")

    #expect(try Clients.redisOverLoopback(servers.redis, ["PING"]) == "PONG")
    #expect(try Clients.redis(servers.redis, ["PING"]) == "PONG")
    let tool = Tool(program: "/usr/bin/redis-cli", arguments: ["-p", "\(servers.redis.port ?? 0)", "PING"])
    #expect(try tool.run(until: .now + .seconds(20)).contains("NOAUTH"))
  }

  @Test func `data survive a restart`() throws {
    let directory = try TemporaryDirectory()
    let first = try EmbeddedServers.start(kept(directory))
    _ = try Clients.psql(first.postgres.connectionURL, "CREATE TABLE kept AS SELECT 42 AS answer")
    _ = try Clients.redis(first.redis, ["SET", "kept", "43"])
    first.stop()
    let second = try EmbeddedServers.start(kept(directory))
    defer { second.stop() }
    #expect(try Clients.psql(second.postgres.connectionURL, "SELECT answer FROM kept") == "42")
    #expect(try Clients.redis(second.redis, ["GET", "kept"]) == "43")
  }

  @Test func `after stop no process is left and a temporary directory is gone`() throws {
    let servers = try EmbeddedServers.start(.forTests)
    let home = servers.directory
    #expect(TemporaryDirectory.servers(in: home).count > 2)
    servers.stop()
    servers.stop()
    #expect(TemporaryDirectory.servers(in: home).isEmpty)
    #expect(!Disk.isDirectory(home))
  }

  @Test func `dropping the servers stops them`() throws {
    var servers: EmbeddedServers? = try EmbeddedServers.start(.forTests)
    let home = try #require(servers?.directory)
    servers = nil
    #expect(TemporaryDirectory.servers(in: home).isEmpty)
  }

  @Test func `a second start on the same data names the process that has them`() throws {
    let directory = try TemporaryDirectory()
    let first = try EmbeddedServers.start(kept(directory))
    defer { first.stop() }
    let expected = EmbeddedServersError.alreadyRunning(directory: first.directory, processID: Int(getpid()))
    #expect(throws: expected) { try EmbeddedServers.start(kept(directory)) }
    #expect("\(expected)".hasPrefix("already running (pid \(getpid()))"))
    #expect(
      try Clients.psql(first.postgres.connectionURL, "SELECT 1") == "1", "the first goes on undisturbed")
  }

  @Test func `a path too long or too odd for a socket is no obstacle`() throws {
    let directory = try TemporaryDirectory(
      prefix: "/tmp/points tests, \(String(repeating: "long", count: 30))-")
    let servers = try EmbeddedServers.start(kept(directory))
    defer { servers.stop() }
    #expect(servers.redis.socketPath.utf8.count <= 107)
    #expect(try Clients.psql(servers.postgres.connectionURL, "SELECT 1") == "1")
    #expect(try Clients.redis(servers.redis, ["PING"]) == "PONG")
  }

  @Test func `a cluster that was left half-made is made anew`() throws {
    let directory = try TemporaryDirectory()
    try EmbeddedServers.start(kept(directory)).stop()
    let home = try TemporaryDirectory.home(of: directory.data)
    // As it looks when the machine fails before the last step.
    try Disk.rename("\(home)/postgres", to: "\(home)/postgres.new-a1b2c3")
    let servers = try EmbeddedServers.start(kept(directory))
    defer { servers.stop() }
    #expect(try Clients.psql(servers.postgres.connectionURL, "SELECT 1") == "1")
    #expect(try Disk.entries(of: home).filter { $0.contains("new") } == [])
  }

  @Test func `a server that cannot start says why at once`() throws {
    let directory = try TemporaryDirectory()
    try EmbeddedServers.start(kept(directory)).stop()
    let home = try TemporaryDirectory.home(of: directory.data)
    try Disk.write(
      Array("nonsense = 1\n".utf8), to: "\(home)/postgres/postgresql.auto.conf", owner: .forServers())
    let started = ContinuousClock.now
    let error = #expect(throws: EmbeddedServersError.self) { try EmbeddedServers.start(kept(directory)) }
    #expect(ContinuousClock.now - started < .seconds(20))
    guard case .exitedEarly(program: "Postgres", _, let logTail)? = error else {
      Issue.record("not the error of an early exit: \(String(describing: error))")
      return
    }
    #expect(logTail.contains("nonsense"))
    #expect(TemporaryDirectory.servers(in: home).isEmpty, "Redis must not stay behind alone")
  }

  @Test func `data of a version that is not installed name the package`() throws {
    let directory = try TemporaryDirectory()
    try EmbeddedServers.start(kept(directory)).stop()
    let home = try TemporaryDirectory.home(of: directory.data)
    try Disk.write(Array("99\n".utf8), to: "\(home)/postgres/PG_VERSION", owner: .forServers())
    let error = #expect(throws: EmbeddedServersError.self) { try EmbeddedServers.start(kept(directory)) }
    #expect(error == .dataNeedVersion(major: 99, directory: "\(home)/postgres"))
    #expect(error.map { "\($0)".contains("postgresql-99") } == true)
  }
}

// `points serve` from its start to its end.
import EmbeddedServers
import Foundation
import TestSupport
import Testing

extension WholeProgram {
  @Suite struct ServeTests {
    @Test func `it answers within a second of its start, and tells its settings without secrets`() throws {
      let servers = try Stores.running()
      var environment = try Stores.environment()
      let databaseURL = try #require(servers.postgres.loopbackURL)
      let redisURL = try #require(servers.redis.loopbackURL)
      environment["POINTS_DATABASE_URL"] = databaseURL
      environment["POINTS_REDIS_URL"] = redisURL
      var (program, port, time) = try start(environment)
      // The best of ten: each of them may be held up by a busy machine.
      for _ in 0..<9 where time >= .seconds(1) { (program, port, time) = try start(environment) }
      #expect(time < .seconds(1))
      #expect(program.isReady(on: port))
      #expect(program.complaints.contains("POINTS_DATABASE_URL=postgresql://points:***@127.0.0.1"))
      #expect(program.complaints.contains("POINTS_DRAIN_TIMEOUT=10s"))
      program.signal(SIGTERM)
      #expect(program.end(within: .seconds(30)) == .exited(0))
      for url in [databaseURL, redisURL] {
        let password = try #require(url.firstMatch(of: /:([^:@\/]+)@/)).1
        #expect(!(program.output + program.complaints).contains(password))
      }
    }

    /// Starts it, and tells how long it took until it answered.
    private func start(_ environment: [String: String]) throws -> (Program, UInt16, Duration) {
      let begin = ContinuousClock.now
      let program = try Program(["serve"], environment: environment)
      let port = try program.port()
      #expect(try Connection(port: port).get("/health").status == 200)
      return (program, port, ContinuousClock.now - begin)
    }

    @Test func `a wrong password appears nowhere, neither in the log nor in what readiness says`() throws {
      let servers = try Stores.running()
      var environment = try Stores.environment()
      environment["POINTS_DATABASE_URL"] =
        "postgresql://points:open-sesame@127.0.0.1:\(servers.postgres.port)/points"
      environment["POINTS_REDIS_URL"] =
        "redis://:open-sesame@127.0.0.1:\(try #require(servers.redis.port))/0"
      environment["POINTS_ACCESS_LOG"] = "all"
      let program = try Program(["serve"], environment: environment)
      let port = try program.port()
      var reply = Reply(status: 0, text: "")
      #expect(
        try Eventually.holds(within: .seconds(30)) {
          reply = try Connection(port: port).get("/ready")
          return reply.text.contains("password authentication failed") && reply.text.contains("Redis refused")
        })
      #expect(reply.status == 503)
      #expect(Eventually.holds(within: .seconds(30)) { program.complaints.contains("\"failing\"") })
      program.signal(SIGTERM)
      #expect(program.end(within: .seconds(30)) == .exited(0))
      #expect(!(program.output + program.complaints + reply.text).contains("sesame"))
    }

    @Test func `a port that is taken is told in one sentence`() throws {
      let other = try FakeStore { _ in [] }
      var environment = try Stores.environment()
      environment["POINTS_LISTEN"] = "127.0.0.1:\(other.port)"
      let run = try Program.run(["serve"], environment: environment)
      #expect(run.ending == .exited(1))
      #expect(
        run.complaints.hasSuffix(
          "points: cannot listen: bind to 127.0.0.1:\(other.port): Address already in use\n"))
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `told to stop it answers what it has accepted, takes nothing new, and ends well`(signal: Int32)
      throws
    {
      let servers = try Stores.running()
      var environment = try Stores.environment()
      environment["POINTS_DATABASE_TIMEOUT"] = "120s"
      environment["POINTS_DRAIN_TIMEOUT"] = "60s"
      let program = try Program(["serve"], environment: environment)
      let port = try program.port()
      #expect(program.isReady(on: port))
      servers.postgres.pause()
      defer { servers.postgres.resume() }
      let slow = try Connection(port: port)
      try slow.send("/bench/postgres/kept")
      // Answered on another connection, so both have been accepted.
      #expect(try Connection(port: port).get("/health").status == 200)
      program.signal(signal)
      #expect(Eventually.holds(within: .seconds(30)) { (try? Connection(port: port)) == nil })
      #expect(program.end(within: .zero) == .stillRunning)
      servers.postgres.resume()
      let reply = try slow.reply()
      #expect(reply.status == 200 && reply.text.hasSuffix("kept"))
      #expect(program.end(within: .seconds(30)) == .exited(0))
    }

    @Test func `a request that does not end is told so at the deadline of draining`() throws {
      let servers = try Stores.running()
      var environment = try Stores.environment()
      environment["POINTS_DRAIN_TIMEOUT"] = "300ms"
      // Longer than anything here: nobody waits for the statement.
      environment["POINTS_DATABASE_TIMEOUT"] = "120s"
      let program = try Program(["serve"], environment: environment)
      let port = try program.port()
      #expect(program.isReady(on: port))
      servers.postgres.pause()
      defer { servers.postgres.resume() }
      let slow = try Connection(port: port)
      try slow.send("/bench/postgres/lost")
      #expect(try Connection(port: port).get("/health").status == 200)
      program.signal(SIGTERM)
      #expect(try slow.reply().status == 503)
      #expect(program.end(within: .seconds(30)) == .exited(0))
    }

    @Test func `a Redis that is too old ends the service with a sentence`() throws {
      let old = try FakeStore.redis(version: "5.0.14")
      try expectRefusal(["POINTS_REDIS_URL": "redis://127.0.0.1:\(old.port)"], "Redis 5.0.14 is too old")
    }

    @Test func `a Postgres that is too old ends the service with a sentence`() throws {
      let old = try FakeStore.postgres(version: "13.14")
      try expectRefusal(
        ["POINTS_DATABASE_URL": "postgresql://u@127.0.0.1:\(old.port)/d"], "Postgres 13 is too old")
    }

    private func expectRefusal(_ change: [String: String], _ sentence: String) throws {
      let environment = try Stores.environment().merging(change) { $1 }
      let run = try Program.run(["serve"], environment: environment)
      #expect(run.ending == .exited(1))
      #expect(run.complaints.contains("points: \(sentence); at least"))
    }
  }
}

// Servers that stop, die, lie or are the wrong ones. Every waiting call ends by its deadline with a reason,
// none gets another's reply, the loop goes on, and service resumes by itself.
import EmbeddedServers
import EventLoop
import TestSupport
import Testing

@testable import RedisClient

@Suite struct RedisFaultTests {
  /// Short limits, so that a test of silence is short.
  private static var impatient: RedisOptions {
    var options = RedisOptions()
    options.timeout = .milliseconds(50)
    options.connectTimeout = .milliseconds(300)
    options.reconnect.delayMax = .milliseconds(100)
    return options
  }

  @Test func `a stopped server times out calls, opens the breaker, and late replies reach nobody`()
    async throws
  {
    let server = try EmbeddedServers.redisAlone()
    var options = Self.impatient
    options.breaker.openPeriod = .milliseconds(20)
    options.stallLimit = .seconds(60)
    try await withClient(server.redis.connectionURL, options: options) { redis in
      _ = await redis.set("k".bytes, "before".bytes, timeout: .seconds(5))
      server.redis.pause()
      let timedOut = Box(0)
      let begin = ContinuousClock.now
      await redis.loop.concurrently(64) { _ in
        if await redis.get("k".bytes) == .unavailable(.timedOut) { timedOut.value += 1 }
      }
      let waited = ContinuousClock.now - begin
      #expect(timedOut.value == 64)
      #expect(waited < .seconds(20))
      #expect(redis.breaker.openings == 1)
      let early = ContinuousClock.now
      let refused = await redis.get("k".bytes)
      #expect(refused == .unavailable(.circuitOpen))
      #expect(ContinuousClock.now - early < .seconds(5))
      #expect(redis.health != .ready)
      server.redis.resume()
      let isBack = await redis.loop.eventually { redis.health == .ready }
      #expect(isBack)
      let wrong = Box(0)
      await redis.loop.concurrently(64) { task in
        let text = "\(task)".bytes
        let echo = await redis.send(RedisCommand("ECHO", [text]), timeout: .seconds(5))
        if echo != .value(.bulk(text)) { wrong.value += 1 }
      }
      #expect(wrong.value == 0)
      #expect(redis.counters.timeouts == 64)
      #expect(redis.counters.lateReplies == 64 || redis.counters.connections > 1)
      // A busy machine makes turns longer, but none waits for the server, which 64 calls would for 3.2 s.
      #expect(redis.loop.statistics.longestTurnNanoseconds < 3_000_000_000)
    }
  }

  @Test func `a reply that comes before the command has left is not its answer`() async throws {
    let server = try EmbeddedServers.redisAlone()
    try await withClient(server.redis.connectionURL) { redis in
      let connection = try #require(redis.ready)
      let reply = Box<RedisResult<[UInt8]>?>(nil)
      let asking = redis.loop.spawn { reply.value = await redis.get("k".bytes) }
      // The task has begun and waits; the turn has not ended, so nothing has been sent.
      #expect(connection.unflushed == 1)
      let stray = "$5\r\nstray\r\n".bytes
      connection.socketReceived(stray.span)
      await asking.value
      #expect(reply.value == .unavailable(.notConnected))
      let isBack = await redis.loop.eventually { redis.health == .ready }
      #expect(isBack)
    }
  }

  @Test func `each command keeps its own deadline`() async throws {
    let server = try EmbeddedServers.redisAlone()
    try await withClient(server.redis.connectionURL) { redis in
      server.redis.pause()
      let order = Box<[String]>([])
      await redis.loop.concurrently(3) { task in
        // So far apart that a busy machine cannot look at the first two in one turn.
        let timeout = [Duration.seconds(8), .milliseconds(20), .seconds(60)][task]
        let reply = await redis.ping(timeout: timeout)
        order.value.append("\(task) \(reply.isValue)")
        if task == 0 { server.redis.resume() }
      }
      #expect(order.value == ["1 false", "0 false", "2 true"])
      #expect(redis.counters.lateReplies == 2)
    }
  }

  @Test func `a slow command delays its followers and mixes up nobody`() async throws {
    let server = try EmbeddedServers.redisAlone(settings: ["enable-debug-command yes"])
    var options = Self.impatient
    options.breaker.timeoutsMax = 1000
    options.stallLimit = .seconds(60)
    try await withClient(server.redis.connectionURL, options: options) { redis in
      await redis.loop.concurrently(2) { task in
        let command = task == 0 ? RedisCommand("DEBUG", ["SLEEP".bytes, "4".bytes]) : RedisCommand("PING")
        let reply = await redis.send(command)
        #expect(reply == .unavailable(.timedOut))
      }
      let echo = await redis.send(RedisCommand("ECHO", ["mine".bytes]), timeout: .seconds(30))
      #expect(echo == .value(.bulk("mine".bytes)))
      #expect(redis.counters.lateReplies == 2)
      #expect(redis.counters.connections == 1)
    }
  }

  @Test func `a server silent for too long loses its connection`() async throws {
    let server = try EmbeddedServers.redisAlone()
    var options = Self.impatient
    options.stallLimit = .milliseconds(150)
    try await withClient(server.redis.connectionURL, options: options) { redis in
      let before = redis.counters.disconnections
      server.redis.pause()
      let reply = await redis.ping()
      #expect(reply.reason == .timedOut)
      let isReset = await redis.loop.eventually { redis.counters.disconnections > before }
      #expect(isReset)
      let refused = await redis.ping()
      #expect(refused.reason == .notConnected)
      server.redis.resume()
      let isBack = await redis.loop.eventually { redis.health == .ready }
      #expect(isBack)
    }
  }

  @Test func `a killed server fails calls at once, and its successor is served without a restart`()
    async throws
  {
    let server = try EmbeddedServers.redisAlone()
    let script = RedisScript(name: "one", source: "return 1".bytes)
    try await withClient(server.redis.connectionURL, scripts: [script], options: Self.impatient) { redis in
      let lost = Box(0)
      let flushes = redis.counters.flushes
      await redis.loop.concurrently(20) { task in
        guard task < 19 else {
          let areSent = await redis.loop.eventually { redis.counters.flushes > flushes }
          #expect(areSent)
          return server.redis.kill()
        }
        let command = RedisCommand("BLPOP", key: "none".bytes, ["0".bytes])
        let reply = await redis.send(command, timeout: .seconds(60))
        if reply == .unavailable(.connectionLost) { lost.value += 1 }
      }
      #expect(lost.value == 19)
      let refused = await redis.ping()
      #expect(refused.reason == .notConnected)
      guard case .unavailable(let sentence) = redis.health else {
        Issue.record("A dead server looks ready.")
        return
      }
      #expect(!sentence.isEmpty)
      try server.redis.start()
      let isBack = await redis.loop.eventually { redis.health == .ready }
      #expect(isBack)
      let reply = await redis.call(script, keys: [], timeout: .seconds(20))
      #expect(reply == .value(.integer(1)))
      #expect(redis.counters.connections == 2)
    }
  }

  @Test func `a connection cut within a reply ends every waiting call, and the next goes on`() async throws {
    let server = try EmbeddedServers.redisAlone()
    try await onNewLoop { loop in
      let path = try #require(SocketAddress(unixPath: server.redis.socketPath))
      let proxy = try CuttingProxy(to: path, on: loop)
      var options = Self.impatient
      options.timeout = .seconds(20)
      let redis = RedisClient(address: try RedisAddress(proxy.url), loop: loop, options: options)
      let running = loop.spawn { await redis.run() }
      let value = [UInt8](repeating: 0x78, count: 1000)
      for cut in [0, 1, 5, 700, 1007, 1008, 2500] {
        let isReady = await loop.eventually { redis.health == .ready }
        #expect(isReady)
        _ = await redis.set("k".bytes, value)
        proxy.bytesUntilCut = cut
        let lost = Box(0)
        let answered = Box(0)
        await loop.concurrently(5) { _ in
          switch await redis.get("k".bytes) {
          case .value(value): answered.value += 1
          case .unavailable(.connectionLost): lost.value += 1
          case .value, .absent, .unavailable, .failed: Issue.record("Not one's own answer, cut at \(cut).")
          }
        }
        #expect(answered.value == cut / 1009, "cut at \(cut)")
        #expect(lost.value == 5 - cut / 1009, "cut at \(cut)")
      }
      #expect(proxy.cuts == 7)
      await redis.close(deadline: .seconds(1))
      await running.value
      proxy.close()
    }
  }

  @Test func `a wrong password, database or server is told as what it is`() async throws {
    let server = try EmbeddedServers.redisAlone(hasPassword: true)
    let password = try #require(server.redis.password)
    for (url, word) in [
      ("unix://:wrong@\(server.redis.socketPath)", "password"),
      ("unix://\(server.redis.socketPath)", "demands a password"),
      ("unix://:\(password)@\(server.redis.socketPath)?db=99", "database 99"),
      ("unix:///nowhere/r.sock", "connect"),
    ] {
      try await withClient(url, options: Self.impatient, awaitsReady: false) { redis in
        let isTold = await redis.loop.eventually {
          if case .unavailable(let sentence) = redis.health { sentence.contains(word) } else { false }
        }
        #expect(isTold, "\(url): \(redis.health)")
        let reply = await redis.ping()
        #expect(reply.reason == .notConnected)
        #expect(!"\(redis.health)".contains(password) && !"\(redis.health)".contains("wrong@"))
      }
    }
  }

  @Test(arguments: [("allkeys-lru", false), ("volatile-lru", true)])
  func `a real server that evicts any key is not served`(policy: String, isServed: Bool) async throws {
    let server = try EmbeddedServers.redisAlone(settings: ["maxmemory 64mb", "maxmemory-policy \(policy)"])
    let sentence = "Redis evicts keys (maxmemory-policy \(policy)); set noeviction"
    try await withClient(server.redis.connectionURL, awaitsReady: false) { redis in
      let isTold = await redis.loop.eventually {
        redis.health == (isServed ? .ready : .unsupported(sentence))
      }
      #expect(isTold, "\(redis.health)")
    }
  }

  @Test(arguments: [
    ("HTTP/1.1 400 Bad Request\r\n\r\n", "protocol"),
    ("+OK\r\n+OK\r\n$21\r\nredis_version:5.0.14\n\r\n$0\r\n\r\n", "5.0.14 is too old"),
    ("+OK\r\n+OK\r\n$20\r\nredis_version:7.0.1\n\r\n$0\r\n\r\n+EXTRA\r\n+MORE\r\n", "nothing asked for"),
    ("*3\r\n", "in time"),
  ])
  func `a server that is none is refused`(answer: String, word: String) async throws {
    try await onNewLoop { loop in
      let server = try FakeServer(on: loop) { _ in answer.bytes }
      let redis = RedisClient(address: try RedisAddress(server.url), loop: loop, options: Self.impatient)
      let running = loop.spawn { await redis.run() }
      let isTold = await loop.eventually {
        switch redis.health {
        case .unavailable(let sentence), .unsupported(let sentence): sentence.contains(word)
        case .ready: false
        }
      }
      #expect(isTold, "\(redis.health)")
      #expect(redis.counters.timeouts == 0 && redis.counters.connections == 0)
      await redis.close(deadline: .seconds(1))
      await running.value
      server.close()
    }
  }
}

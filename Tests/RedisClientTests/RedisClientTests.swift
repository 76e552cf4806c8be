// Against a real server: what goes in comes out, everybody gets his own answer, and errors are told apart.
import EmbeddedServers
import EventLoop
import RedisClient
import TestSupport
import Testing

@Suite struct RedisClientTests {
  @Test func `values and keys are bytes`() async throws {
    let server = try EmbeddedServers.redisAlone()
    try await withClient(server.redis.connectionURL) { redis in
      let every = (0...255).map { UInt8($0) }
      for value in [[], [0], "a\r\nb".bytes, every, Array(repeating: 0xFF, count: 300_000)] {
        let stored = await redis.set(every, value, timeout: .seconds(5))
        let read = await redis.get(every, timeout: .seconds(5))
        #expect(stored.isValue)
        #expect(read == .value(value))
      }
      let absent = await redis.get("missing".bytes)
      #expect(absent == .absent)
      _ = await redis.send(RedisCommand("HSET", key: "h".bytes, ["a".bytes, every, "".bytes, [0]]))
      let fields = await redis.hmget("h".bytes, ["a".bytes, "none".bytes, "".bytes])
      #expect(fields == .value([every, nil, [0]]))
      let missing = await redis.hmget("missing".bytes, ["a".bytes])
      #expect(missing == .value([nil]))
      let deleted = await redis.del([every, "missing".bytes, "h".bytes])
      #expect(deleted == .value(2))
      let pong = await redis.ping()
      #expect(pong.isValue)
      #expect(redis.serverVersion.map { $0 >= .oldestServed } == true)
    }
  }

  @Test func `a value with a lifetime has one`() async throws {
    let server = try EmbeddedServers.redisAlone()
    try await withClient(server.redis.connectionURL) { redis in
      _ = await redis.set("k".bytes, "v".bytes, expiresAfter: .seconds(100))
      let life = await redis.send(RedisCommand("PTTL", key: "k".bytes))
      guard case .value(.integer(let milliseconds)) = life else {
        Issue.record("\(life)")
        return
      }
      #expect(90_000...100_000 ~= milliseconds)
    }
  }

  @Test func `thousands of concurrent commands each get their own answer, in few writes`() async throws {
    let server = try EmbeddedServers.redisAlone()
    try await withClient(server.redis.connectionURL) { redis in
      let wrong = Box(0)
      let before = redis.counters
      await redis.loop.concurrently(100) { task in
        for round in 0..<100 {
          let text = "\(task)-\(round)".bytes
          let echo = await redis.send(RedisCommand("ECHO", [text]), timeout: .seconds(5))
          if echo != .value(.bulk(text)) { wrong.value += 1 }
        }
      }
      #expect(wrong.value == 0)
      #expect(redis.counters.replies - before.replies == 10_000)
      #expect(redis.counters.flushes - before.flushes < 5_000)
      #expect(redis.inFlight == 0)
    }
  }

  @Test func `commands sent together run in order and answer in order`() async throws {
    let server = try EmbeddedServers.redisAlone()
    try await withClient(server.redis.connectionURL) { redis in
      let commands = (0..<2_000).map { _ in RedisCommand("INCR", key: "n".bytes) }
      let replies = await redis.send(commands, timeout: .seconds(5))
      #expect(replies == (1...2_000).map { .value(.integer($0)) })
      let none = await redis.send([RedisCommand]())
      #expect(none.isEmpty)
    }
  }

  @Test func `a wrong command fails, a full server is unavailable, and neither looks absent`() async throws {
    let server = try EmbeddedServers.redisAlone(settings: ["maxmemory 1kb"])
    try await withClient(server.redis.connectionURL) { redis in
      let full = await redis.set("k".bytes, "v".bytes)
      guard case .unavailable(.refused(let refusal)) = full else {
        Issue.record("\(full)")
        return
      }
      #expect(refusal.code == .outOfMemory)
      let readable = await redis.get("k".bytes)
      #expect(readable == .absent)
      _ = await redis.send(RedisCommand("CONFIG", ["SET".bytes, "maxmemory".bytes, "0".bytes]))
      _ = await redis.send(RedisCommand("LPUSH", key: "list".bytes, ["x".bytes]))
      let wrong = await redis.get("list".bytes)
      guard case .failed(let error) = wrong else {
        Issue.record("\(wrong)")
        return
      }
      #expect(error.code == .wrongType)
      let unknown = await redis.send(RedisCommand("NOSUCH"))
      guard case .failed(let syntax) = unknown else {
        Issue.record("\(unknown)")
        return
      }
      #expect(syntax.code == .generic)
      #expect(redis.health == .ready)
    }
  }

  @Test func `more than the bound of commands in flight fail at once`() async throws {
    let server = try EmbeddedServers.redisAlone()
    var options = RedisOptions()
    options.inFlightMax = 10
    options.timeout = .seconds(5)
    try await withClient(server.redis.connectionURL, options: options) { redis in
      let answered = Box(0)
      let refused = Box(0)
      await redis.loop.concurrently(25) { _ in
        switch await redis.ping() {
        case .value: answered.value += 1
        case .unavailable(.overloaded): refused.value += 1
        case .absent, .unavailable, .failed: Issue.record("Neither answered nor refused.")
        }
      }
      #expect(answered.value == 10)
      #expect(refused.value == 15)
      let tooMany = await redis.send((0..<11).map { _ in RedisCommand("PING") })
      #expect(tooMany == Array(repeating: .unavailable(.overloaded), count: 11))
      let pong = await redis.ping()
      #expect(pong.isValue)
    }
  }

  @Test func `commands that the server does not take are bounded in bytes too`() async throws {
    let server = try EmbeddedServers.redisAlone()
    var options = RedisOptions()
    options.unsentBytesMax = 100_000
    options.timeout = .seconds(5)
    try await withClient(server.redis.connectionURL, options: options) { redis in
      let replies = Box<[RedisUnavailable?]>([])
      await redis.loop.concurrently(3) { task in
        let stored = await redis.set("\(task)".bytes, [UInt8](repeating: 1, count: 60_000))
        replies.value.append(stored.reason)
      }
      #expect(replies.value == [.overloaded, nil, nil])
    }
  }

  @Test(arguments: [
    ("LOADING Redis is loading the dataset in memory", true), ("BUSY Redis is busy running a script.", true),
    ("MASTERDOWN Link with MASTER is down", true), ("READONLY You can't write against a replica.", true),
    ("OOM command not allowed", true), ("MISCONF Errors writing to the AOF file", true),
    ("CLUSTERDOWN The cluster is down", true), ("TRYAGAIN Multiple keys request", true),
    ("NOREPLICAS Not enough good replicas to write.", true), ("NOAUTH Authentication required.", true),
    ("MOVED 3999 127.0.0.1:6381", false), ("ASK 3999 127.0.0.1:6381", false), ("WRONGTYPE Operation", false),
    ("ERR syntax error", false), ("NOSCRIPT No matching script.", false), ("NOPERM no permission", false),
    ("LOADINGS", false), ("", false),
  ])
  func `errors are told apart by their first word`(text: String, isUnavailable: Bool) async throws {
    try await onNewLoop { loop in
      let greeting = "+OK\r\n+OK\r\n$20\r\nredis_version:7.0.1\n\r\n$0\r\n\r\n"
      let isGreeted = Box(false)
      let server = try FakeServer(on: loop) { _ in
        defer { isGreeted.value = true }
        return (isGreeted.value ? "-\(text)\r\n" : greeting).bytes
      }
      let redis = RedisClient(address: try RedisAddress(server.url), loop: loop)
      let running = loop.spawn { await redis.run() }
      let isReady = await loop.eventually { redis.health == .ready }
      #expect(isReady)
      let reply = await redis.get("k".bytes, timeout: .seconds(5))
      let error = RedisServerError(text: text)
      #expect(reply == (isUnavailable ? .unavailable(.refused(error)) : .failed(error)))
      await redis.close(deadline: .seconds(1))
      await running.value
      server.close()
    }
  }

  @Test func `another database and a user with a password are entered`() async throws {
    let acl = "user anna on >se:cr@t ~* +@all"
    let server = try EmbeddedServers.redisAlone(hasPassword: true)
    let password = try #require(server.redis.password)
    try await withClient("unix://:\(password)@\(server.redis.socketPath)?db=5") { redis in
      let words = acl.split(separator: " ").dropFirst().map { String($0).bytes }
      let made = await redis.send(RedisCommand("ACL", ["SETUSER".bytes] + words))
      #expect(made == .value(.status("OK")))
      _ = await redis.set("k".bytes, "five".bytes)
      let clients = await redis.send(RedisCommand("CLIENT", ["LIST".bytes]))
      guard case .value(.bulk(let list)) = clients else {
        Issue.record("\(clients)")
        return
      }
      let text = String(decoding: list, as: UTF8.self)
      #expect(text.contains("name=points") && text.contains("db=5"))
    }
    try await withClient("unix://\(server.redis.socketPath)?db=5&user=anna&password=se%3Acr%40t") { redis in
      let read = await redis.get("k".bytes)
      #expect(read == .value("five".bytes))
    }
  }
}

extension RedisResult {
  var isValue: Bool {
    if case .value = self { true } else { false }
  }

  var reason: RedisUnavailable? {
    if case .unavailable(let reason) = self { reason } else { nil }
  }
}

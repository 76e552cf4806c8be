// Scripts are called by digest, and go on working when the server forgets them.
import EmbeddedServers
import EventLoop
import RedisClient
import Testing

@Suite struct RedisScriptTests {
  private static let append = RedisScript(
    name: "append", source: "return redis.call('RPUSH', KEYS[1], ARGV[1])".bytes)
  private static let echo = RedisScript(
    name: "echo", source: "return {KEYS[1], ARGV[1], #ARGV}".bytes)

  @Test func `keys and arguments arrive as bytes`() async throws {
    let server = try EmbeddedServers.redisAlone()
    try await withClient(server.redis.connectionURL, scripts: [Self.append, Self.echo]) { redis in
      let reply = await redis.call(Self.echo, keys: [[0, 0xFF]], arguments: ["a\r\n".bytes, []])
      #expect(reply == .value(.array([.bulk([0, 0xFF]), .bulk("a\r\n".bytes), .integer(2)])))
      #expect(redis.counters.scriptReloads == 0)
    }
  }

  @Test func `after SCRIPT FLUSH and FLUSHALL calls go on, and a crowd loads a script once`() async throws {
    let server = try EmbeddedServers.redisAlone()
    try await withClient(server.redis.connectionURL, scripts: [Self.append, Self.echo]) { redis in
      for flush in [RedisCommand("SCRIPT", ["FLUSH".bytes]), RedisCommand("FLUSHALL")] {
        let flushed = await redis.send(flush)
        #expect(flushed == .value(.status("OK")))
      }
      let wrong = Box(0)
      await redis.loop.concurrently(50) { task in
        let text = "\(task)".bytes
        let reply = await redis.call(Self.echo, keys: ["k".bytes], arguments: [text])
        if reply != .value(.array([.bulk("k".bytes), .bulk(text), .integer(1)])) { wrong.value += 1 }
      }
      #expect(wrong.value == 0)
      #expect(1...3 ~= redis.counters.scriptReloads)
    }
  }

  @Test func `calls sent together run in order, forgotten or not`() async throws {
    let server = try EmbeddedServers.redisAlone()
    try await withClient(server.redis.connectionURL, scripts: [Self.append]) { redis in
      let calls = (0..<100).map { number in
        RedisScriptCall(Self.append, keys: ["list".bytes], arguments: ["\(number)".bytes])
      }
      for round in 0..<2 {
        let replies = await redis.call(calls, timeout: .seconds(5))
        #expect(replies == (1...100).map { .value(.integer(Int64(round * 100 + $0))) })
        _ = await redis.send(RedisCommand("SCRIPT", ["FLUSH".bytes]))
      }
      let list = await redis.send(RedisCommand("LRANGE", key: "list".bytes, ["0".bytes, "-1".bytes]))
      let expected = (0..<200).map { RedisValue.bulk("\($0 % 100)".bytes) }
      #expect(list == .value(.array(expected)))
      #expect(redis.counters.scriptReloads == 1)
    }
  }

  @Test func `a script's own error is not taken for an outage`() async throws {
    let server = try EmbeddedServers.redisAlone()
    let broken = RedisScript(name: "broken", source: "return redis.call('LPUSH', KEYS[1])".bytes)
    try await withClient(server.redis.connectionURL, scripts: [broken]) { redis in
      let reply = await redis.call(broken, keys: ["k".bytes])
      guard case .failed = reply else {
        Issue.record("\(reply)")
        return
      }
      #expect(redis.health == .ready)
    }
  }
}

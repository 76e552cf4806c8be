// The end of a client: in order, in time, and without leftovers.
import EmbeddedServers
import EventLoop
import TestSupport
import Testing

@testable import RedisClient

@Suite struct RedisClosingTests {
  @Test func `closing lets calls in flight end, refuses new ones and leaves nothing behind`() async throws {
    let server = try EmbeddedServers.redisAlone()
    try await onNewLoop { loop in
      weak var leftover: RedisClient?
      weak var connection: RedisConnection?
      do {
        let redis = RedisClient(
          address: try RedisAddress(server.redis.connectionURL), loop: loop, options: .patient)
        leftover = redis
        let running = loop.spawn { [redis] in await redis.run() }
        let isReady = await loop.eventually { redis.health == .ready }
        #expect(isReady)
        connection = redis.ready
        #expect(connection != nil)
        let answered = Box(0)
        for _ in 0..<10 {
          loop.spawn { [redis] in
            if await redis.ping(timeout: .seconds(5)).isValue { answered.value += 1 }
          }
        }
        await redis.close(deadline: .seconds(5))
        await running.value
        let refused = await redis.ping()
        #expect(refused.reason == .closed)
        #expect(answered.value == 10)
      }
      let isGone = await loop.eventually(within: .seconds(20)) { leftover == nil && connection == nil }
      #expect(isGone)
    }
  }

  @Test func `closing does not wait longer than its deadline`() async throws {
    let server = try EmbeddedServers.redisAlone()
    try await onNewLoop { loop in
      let redis = RedisClient(
        address: try RedisAddress(server.redis.connectionURL), loop: loop, options: .patient)
      let running = loop.spawn { await redis.run() }
      let isReady = await loop.eventually { redis.health == .ready }
      #expect(isReady)
      server.redis.pause()
      let outcome = OneShot<RedisResult<Void>>()
      loop.spawn { outcome.fulfil(await redis.ping(timeout: .seconds(60))) }
      let begin = ContinuousClock.now
      await redis.close(deadline: .milliseconds(30))
      await running.value
      #expect(ContinuousClock.now - begin < .seconds(20))
      guard case .unavailable(.connectionLost) = await outcome.value() else {
        Issue.record("A call was answered by a stopped server.")
        return
      }
    }
  }

  @Test func `a cancelled run closes`() async throws {
    let server = try EmbeddedServers.redisAlone()
    try await onNewLoop { loop in
      for url in [server.redis.connectionURL, "unix:///nowhere/r.sock"] {
        let redis = RedisClient(address: try RedisAddress(url), loop: loop)
        let running = loop.spawn { await redis.run() }
        running.cancel()
        await running.value
        let refused = await redis.ping()
        #expect(refused.reason == .closed)
      }
    }
  }
}

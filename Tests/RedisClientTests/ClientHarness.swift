// What a test of the client needs: a Redis of its own, and a client that is ready on a loop of its own and is
// closed afterwards.
import EmbeddedServers
import EventLoop
import RedisClient
import TestSupport
import Testing

extension EmbeddedServers {
  /// A Redis that one test may treat as it likes; it ends with the last reference. With a password, which
  /// `redis.password` tells, it also listens on a port.
  static func redisAlone(settings: [String] = [], hasPassword: Bool = false) throws -> EmbeddedServers {
    var options = EmbeddedOptions.forTests
    options.includesPostgres = false
    options.listensOnLoopback = hasPassword
    options.redisSettings = settings
    return try start(options)
  }
}

/// Carries a value out of a task that the compiler cannot follow.
final class Box<Value>: @unchecked Sendable {
  var value: Value

  init(_ value: Value) {
    self.value = value
  }
}

extension RedisOptions {
  /// For tests of servers that answer: no busy machine makes them late.
  static var patient: RedisOptions {
    var options = RedisOptions()
    options.timeout = .seconds(20)
    options.stallLimit = .seconds(60)
    return options
  }
}

/// A running client on a new loop. It is awaited until it is ready, unless the test is about not becoming so.
func withClient(
  _ url: String, scripts: [RedisScript] = [], options: RedisOptions = .patient,
  awaitsReady: Bool = true,
  _ body: @escaping @Sendable (RedisClient) async throws -> Void
) async throws {
  let address = try RedisAddress(url)
  try await onNewLoop { loop in
    let client = RedisClient(address: address, loop: loop, scripts: scripts, options: options)
    let running = loop.spawn { await client.run() }
    if awaitsReady {
      let isReady = await loop.eventually { client.health == .ready }
      #expect(isReady, "\(client.health)")
    }
    do {
      try await body(client)
    } catch {
      await client.close(deadline: .seconds(1))
      await running.value
      throw error
    }
    await client.close(deadline: .seconds(1))
    await running.value
  }
}

extension EventLoop {
  /// Waits until the condition holds; false if it does not within the time.
  func eventually(within limit: Duration = .seconds(60), _ condition: () async -> Bool) async -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
      if await condition() { return true }
      try? await sleep(for: .milliseconds(1))
    }
    return await condition()
  }

  /// Runs the tasks at once on this loop and waits for all of them.
  func concurrently(_ count: Int, _ body: @escaping @Sendable (Int) async -> Void) async {
    let missing = Box(count)
    let all = OneShot<Void>()
    for index in 0..<count {
      spawn {
        await body(index)
        missing.value -= 1
        if missing.value == 0 { all.fulfil(()) }
      }
    }
    await all.value()
  }
}

extension String {
  var bytes: [UInt8] { Array(utf8) }
}

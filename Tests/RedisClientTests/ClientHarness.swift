// Runs a test's body as a task of a loop of its own, with a client that is ready and closed afterwards.
import EventLoop
import RedisClient
import Synchronization
import Testing

/// Carries a value out of a task that the compiler cannot follow.
final class Box<Value>: @unchecked Sendable {
  var value: Value

  init(_ value: Value) {
    self.value = value
  }
}

/// Runs the body on a new loop and thread, and ends both.
func onNewLoop(_ body: @escaping @Sendable (EventLoop) async throws -> Void) async throws {
  let thread = LoopThread(running: EventLoop(name: "redis test"))
  let loop = thread.loop
  let outcome = await withCheckedContinuation { continuation in
    loop.spawn {
      do {
        try await body(loop)
        continuation.resume(returning: Result<Void, any Error>.success(()))
      } catch {
        continuation.resume(returning: Result<Void, any Error>.failure(error))
      }
    }
  }
  thread.stopAndJoin()
  try outcome.get()
}

/// A running client on a new loop. It is awaited until it is ready, unless the test is about not becoming so.
func withClient(
  _ url: String, scripts: [RedisScript] = [], options: RedisOptions = RedisOptions(),
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
  func eventually(within limit: Duration = .seconds(10), _ condition: () async -> Bool) async -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
      if await condition() { return true }
      try? await sleep(for: .milliseconds(1))
    }
    return false
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

/// SplitMix64: a printed seed replays a run.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

// The seam between calls and the wire. A caller on any executor hands a call over and is resumed with its
// outcome; everything in between happens on one thread of the client's own, in turns, and no thread ever
// waits. The wire is HTTP/2 or HTTP/1.1 over a few connections; what calls know of it is this class.
import EventLoop
import Synchronization

final class Transport: Sendable {
  private enum Life {
    case open(LoopThread)
    /// The thread is being ended; those who asked for it too are told when it has.
    case ending([CheckedContinuation<Void, Never>])
    case ended
  }

  let loop: EventLoop
  private let pool: ConnectionPool
  /// Guards against work posted to a loop that has ended, which nobody would ever do: posts happen under this
  /// lock while the life is open, so each comes before the one that ends the loop.
  private let life: Mutex<Life>

  init(address: ServiceAddress, key: String, options: ClientOptions, clock: LoopClock) {
    let loop = EventLoop(name: "points-client", clock: clock)
    self.loop = loop
    pool = ConnectionPool(address: address, key: key, options: options, loop: loop)
    life = Mutex(.open(LoopThread(running: loop)))
  }

  var now: MonotonicInstant { loop.clock.now }

  /// Calls that wait for a connection, as of a moment ago.
  var waitingCalls: Int { pool.waitingCalls.load(ordering: .relaxed) }

  /// Tries a call once, after a pause.
  func exchange(
    _ call: Call, after pause: Duration, until deadline: MonotonicInstant
  ) async throws(TransportFailure) -> Answer {
    let exchange = Exchange(call, deadline: deadline, pool: pool)
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isTaken = post { [pool] in
          exchange.resumeLater(continuation)
          pool.begin(exchange, after: pause)
        }
        if !isTaken { continuation.resume(returning: .failure(.unsent(.closed))) }
      }
    } onCancel: {
      _ = post { [pool] in pool.cancel(exchange) }
    }
    return try outcome.get()
  }

  private func post(_ work: @escaping @Sendable () -> Void) -> Bool {
    life.withLock { life in
      guard case .open = life else { return false }
      loop.post(work)
      return true
    }
  }

  // MARK: The end

  /// Ends all calls and connections, and then the thread. Safe to ask for more than once.
  func shutdown() async {
    guard let thread = beginEnding() else { return await waitForEnd() }
    await withCheckedContinuation { continuation in
      loop.post { [pool] in
        pool.close()
        continuation.resume()
      }
    }
    // The loop has nothing left to do, so this takes as long as a turn.
    thread.stopAndJoin()
    ended()
  }

  /// The end for a client that was dropped: nobody waits for an answer, or it would not have been dropped.
  func end() {
    guard let thread = beginEnding() else { return }
    loop.post { [pool] in pool.close() }
    // Only an executor that runs jobs where they are resumed could drop a client on its own loop.
    if loop.isInside { loop.stop() } else { thread.stopAndJoin() }
    ended()
  }

  /// The thread, for the first who asks.
  private func beginEnding() -> LoopThread? {
    life.withLock { life in
      guard case .open(let thread) = life else { return nil }
      life = .ending([])
      return thread
    }
  }

  private func waitForEnd() async {
    await withCheckedContinuation { continuation in
      let hasEnded = life.withLock { life in
        guard case .ending(let waiters) = life else { return true }
        life = .ending(waiters + [continuation])
        return false
      }
      if hasEnded { continuation.resume() }
    }
  }

  private func ended() {
    let waiters = life.withLock { life in
      guard case .ending(let waiters) = life else { return [CheckedContinuation<Void, Never>]() }
      life = .ended
      return waiters
    }
    for waiter in waiters { waiter.resume() }
  }
}

// Where a loop gets its time from. A test replaces the machine's clock by one it moves by hand, so that a
// deadline of thirty seconds is tested in no time and without a sleep.
import CUV
import Glibc
import Synchronization

/// The clock of a loop: the machine's, or one that only a test moves.
package enum LoopClock: Sendable {
  case system
  case manual(ManualClock)

  package var now: MonotonicInstant {
    switch self {
    case .system: .system
    case .manual(let clock): clock.now
    }
  }

  /// A loop under a manual clock sets no timer of its own: only `advance(by:)` moves it.
  var isManual: Bool {
    switch self {
    case .system: false
    case .manual: true
    }
  }
}

extension MonotonicInstant {
  /// The machine's monotonic clock, now.
  package static var system: MonotonicInstant {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return MonotonicInstant(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
  }
}

/// A clock that stands still until it is told to move.
package final class ManualClock: Sendable {
  private struct State {
    var now = MonotonicInstant(nanoseconds: 1_000_000_000)
    var loops: [EventLoop] = []
  }

  private let state = Mutex(State())

  package init() {}

  package var now: MonotonicInstant {
    state.withLock { $0.now }
  }

  /// Moves the time and wakes the loops that live by it.
  package func advance(by duration: Duration) {
    let loops = state.withLock { state in
      state.now = state.now + duration
      return state.loops
    }
    for loop in loops { loop.wake() }
  }

  func attach(_ loop: EventLoop) {
    state.withLock { $0.loops.append(loop) }
  }

  func detach(_ loop: EventLoop) {
    state.withLock { $0.loops.removeAll { $0 === loop } }
  }
}

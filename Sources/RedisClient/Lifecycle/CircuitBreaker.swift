// Without a breaker every request to a Redis that has stopped answering would
// wait for its own deadline. After a row of timeouts the breaker makes commands
// fail at once, and asks with one PING at a time whether Redis is back.

package import EventLoop

/// A pure state machine: events come in, actions go out, time is a parameter.
package struct CircuitBreaker: Sendable {
  package enum State: Sendable, Equatable {
    /// Commands pass; `timeouts` of them have timed out since the last answer. Opens when they are too many.
    case closed(timeouts: Int)
    /// Commands fail at once until the instant; then comes
    /// the probe. `failures` probes have failed in this row.
    case open(until: MonotonicInstant, failures: Int)
    /// Commands still fail, one PING is on its way. Its answer closes, its failure opens again for longer.
    case halfOpen(failures: Int)
  }

  package enum Action: Sendable, Equatable {
    case none
    /// Call `openPeriodPassed` at this instant.
    case wake(at: MonotonicInstant)
    /// Send one PING and report with `probeAnswered` or `probeFailed`.
    case probe
  }

  package private(set) var state = State.closed(timeouts: 0)
  /// How often it has opened from closed.
  package private(set) var openings = 0
  private let options: BreakerOptions

  package init(options: BreakerOptions) {
    self.options = options
  }

  package var allowsCommands: Bool {
    if case .closed = state { true } else { false }
  }

  // MARK: Events

  /// A command was answered in time. Late answers do not count: a Redis that is always late is no use.
  package mutating func answered() {
    if case .closed(let timeouts) = state, timeouts > 0 { state = .closed(timeouts: 0) }
  }

  package mutating func timedOut(commands: Int, at now: MonotonicInstant) -> Action {
    guard case .closed(let timeouts) = state else { return .none }
    guard timeouts + commands >= options.timeoutsMax else {
      state = .closed(timeouts: timeouts + commands)
      return .none
    }
    openings += 1
    return open(failures: 0, at: now)
  }

  package mutating func openPeriodPassed(at now: MonotonicInstant) -> Action {
    guard case .open(let until, let failures) = state, until <= now else { return .none }
    state = .halfOpen(failures: failures)
    return .probe
  }

  package mutating func probeAnswered() {
    if case .halfOpen = state { state = .closed(timeouts: 0) }
  }

  package mutating func probeFailed(at now: MonotonicInstant) -> Action {
    guard case .halfOpen(let failures) = state else { return .none }
    return open(failures: failures + 1, at: now)
  }

  /// A new connection answered everything it was asked at its begin: proof enough.
  package mutating func connected() {
    state = .closed(timeouts: 0)
  }

  private mutating func open(failures: Int, at now: MonotonicInstant) -> Action {
    let period = options.openPeriod.doubled(times: failures, max: options.openPeriodMax)
    let until = now + period
    state = .open(until: until, failures: failures)
    return .wake(at: until)
  }
}

extension Duration {
  /// Exponential growth with a bound, which also bounds the number of doublings.
  func doubled(times: Int, max bound: Duration) -> Duration {
    var duration = self
    var rest = times
    while rest > 0, duration < bound {
      duration *= 2
      rest -= 1
    }
    return min(duration, bound)
  }
}

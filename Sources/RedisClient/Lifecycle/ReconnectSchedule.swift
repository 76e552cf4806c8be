// When to try again. The waits double, so that a dead server is not hammered, and are jittered, so that the
// workers of a fleet do not all come at the same instant to a server that has just begun to live.
package import EventLoop

/// A pure state machine of the waits between connections.
package struct ReconnectSchedule: Sendable {
  package enum State: Sendable, Equatable {
    /// No connection stands; so many attempts have failed in
    /// a row. Followed by `standing` or one failure more.
    case failing(attempts: Int)
    /// A connection is ready since then; so many attempts had failed before it. Followed by `failing`,
    /// counting on unless the connection stood long enough.
    case standing(since: MonotonicInstant, attempts: Int)
  }

  package private(set) var state = State.failing(attempts: 0)
  private let options: ReconnectOptions

  package init(options: ReconnectOptions) {
    self.options = options
  }

  package mutating func connectionReady(at now: MonotonicInstant) {
    guard case .failing(let attempts) = state else { return }
    state = .standing(since: now, attempts: attempts)
  }

  /// The connection ended, or could not be made. Answers how
  /// long to wait; `jitter` is a random number in 0..<1.
  package mutating func connectionEnded(at now: MonotonicInstant, jitter: Double) -> Duration {
    var attempts = 0
    switch state {
    case .failing(let failed): attempts = failed
    case .standing(let since, let failed):
      let wasStable = now.nanoseconds(since: since) >= options.stablePeriod.wholeNanoseconds
      attempts = wasStable ? 0 : failed
    }
    state = .failing(attempts: attempts + 1)
    let delay = options.firstDelay.doubled(times: attempts, max: options.delayMax)
    return delay * (0.5 + jitter / 2)
  }
}

// One attempt at a call, from the moment the loop hears of it until its caller is resumed: that happens
// exactly once, whichever comes first of the answer, a failure, a deadline, a cancellation and the end.
import EventLoop

/// Touched on the loop's thread only, but for what never changes; hence `@unchecked Sendable`.
final class Exchange: DeadlineOwner, @unchecked Sendable {
  typealias Outcome = Result<Answer, TransportFailure>

  enum Phase {
    /// The loop has not heard of it.
    case new
    /// The caller lost interest even before that.
    case cancelledEarly
    /// It lets the service rest before it begins; `pausing`, `waiting` or a connection follow.
    case pausing
    /// All connections are busy.
    case waiting
    /// A connection is being made for it, or carries it.
    case on(any Carrier)
    case ended
  }

  let call: Call
  /// When the caller wants to know, whatever has happened by then.
  let deadline: MonotonicInstant
  var phase = Phase.new
  /// Which it is among the calls of a connection of HTTP/2.
  var stream: Int32 = 0
  private var alarm: DeadlineID?
  private unowned let pool: ConnectionPool
  private var continuation: CheckedContinuation<Outcome, Never>?

  init(_ call: Call, deadline: MonotonicInstant, pool: ConnectionPool) {
    self.call = call
    self.deadline = deadline
    self.pool = pool
  }

  func resumeLater(_ continuation: CheckedContinuation<Outcome, Never>) {
    self.continuation = continuation
  }

  var isWaiting: Bool {
    if case .waiting = phase { true } else { false }
  }

  var hasEnded: Bool {
    if case .ended = phase { true } else { false }
  }

  /// Has the pool called after so long, or when the caller's patience ends, if that is sooner.
  func setAlarm(after duration: Duration, on loop: EventLoop) {
    clearAlarm(on: loop)
    alarm = loop.setDeadline(at: min(deadline, loop.clock.now + duration), for: self)
  }

  func setAlarm(on loop: EventLoop) {
    clearAlarm(on: loop)
    alarm = loop.setDeadline(at: deadline, for: self)
  }

  private func clearAlarm(on loop: EventLoop) {
    if let alarm { loop.cancelDeadline(alarm) }
    alarm = nil
  }

  func deadlinePassed(_ id: DeadlineID) {
    guard alarm == id else { return }
    alarm = nil
    pool.alarmRang(self)
  }

  func end(_ outcome: Outcome, on loop: EventLoop) {
    guard !hasEnded else { return }
    phase = .ended
    clearAlarm(on: loop)
    continuation?.resume(returning: outcome)
    continuation = nil
  }
}

// A queue of waiters with one timer. Every statement has a deadline, yet nearly all are answered long before:
// so the timer is set for the earliest and looked at again only when it rings.
import EventLoop

/// One deadline on the loop's wheel, moved only towards now.
struct EarliestDeadline {
  private var armed: (id: DeadlineID, instant: MonotonicInstant)?

  mutating func arm(_ instant: MonotonicInstant, for owner: any DeadlineOwner, on loop: EventLoop) {
    if let armed {
      guard instant < armed.instant else { return }
      loop.cancelDeadline(armed.id)
    }
    armed = (loop.setDeadline(at: instant, for: owner), instant)
  }

  /// The timer has rung.
  mutating func rang() {
    armed = nil
  }

  mutating func cancel(on loop: EventLoop) {
    if let armed { loop.cancelDeadline(armed.id) }
    armed = nil
  }
}

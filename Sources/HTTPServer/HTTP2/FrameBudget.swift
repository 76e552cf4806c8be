// What a client may have us do for nothing. Most frames cost us as much as a request and bring no request
// any nearer: pings, settings, resets. So each takes from a budget that time refills, and useful work too,
// since a client that downloads much opens windows often.
import EventLoop

struct FrameBudget {
  private let burst: Int
  private let perSecond: Int
  private var left: Int
  private var filled: MonotonicInstant

  init(burst: Int, perSecond: Int, now: MonotonicInstant) {
    self.burst = burst
    self.perSecond = perSecond
    left = burst
    filled = now
  }

  /// Whether there was one left. The clock is looked at only when there seems to be none.
  mutating func take(now: MonotonicInstant) -> Bool {
    if left == 0 { refill(now: now) }
    guard left > 0 else { return false }
    left -= 1
    return true
  }

  mutating func earn(_ count: Int) {
    left = min(burst, left + count)
  }

  private mutating func refill(now: MonotonicInstant) {
    let passed = now.nanoseconds(since: filled)
    let seconds = min(passed, Int64(3600) * 1_000_000_000)
    let earned = Int(seconds) / (1_000_000_000 / perSecond)
    guard earned > 0 else { return }
    filled = now
    earn(earned)
  }
}

// How often Postgres may be asked about keys that nobody here knows. Without a bound, anybody who can reach
// the service could keep Postgres busy with invented keys.
import EventLoop

/// So many questions a second, and no more than that at once.
struct QuestionAllowance {
  private let eachSecond: Int
  private var second: Int64 = .min
  private var left = 0

  init(eachSecond: Int) {
    self.eachSecond = eachSecond
  }

  mutating func take(_ now: MonotonicInstant) -> Bool {
    let current = now.nanoseconds / 1_000_000_000
    if current != second { (second, left) = (current, eachSecond) }
    guard left > 0 else { return false }
    left -= 1
    return true
  }
}

// Waiting for what other threads and processes do. They cannot tell us, so we look, with a limit.
import Glibc

package enum Eventually {
  /// Whether the condition holds, at the latest when the limit is over. Blocks the thread.
  package static func holds(within limit: Duration, _ condition: () throws -> Bool) rethrows -> Bool {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
      if try condition() { return true }
      usleep(2_000)
    }
    return try condition()
  }
}

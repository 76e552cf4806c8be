// Waiting for what happens on other threads and in other processes, with a limit.
import Foundation

enum Eventually {
  static func holds(within limit: Duration, _ condition: () throws -> Bool) rethrows -> Bool {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
      if try condition() { return true }
      usleep(2_000)
    }
    return try condition()
  }
}

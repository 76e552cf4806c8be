// Waiting for what other processes do. They cannot tell us when they have ended, so we look, with a limit.

import Glibc

enum Eventually {
  static func holds(within limit: Duration, _ condition: () -> Bool) -> Bool {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
      if condition() { return true }
      usleep(2_000)
    }
    return condition()
  }
}

enum Descriptors {
  /// Undoes close-on-exec, as code of a less careful library would leave it.
  static func letExecKeep(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, 0)
  }

  static func close(_ pair: (Int32, Int32)) {
    _ = (Glibc.close(pair.0), Glibc.close(pair.1))
  }
}

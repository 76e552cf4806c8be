// Waiting for a descriptor with a deadline, and reading from it without a deadline.

private import Glibc

enum Descriptor {
  /// Waits until the descriptor can be read, or its other
  /// side was closed; false when the deadline came first.
  static func wait(for descriptor: Int32, until deadline: ContinuousClock.Instant) -> Bool {
    while true {
      var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let answer = unsafe poll(&watched, 1, millisecondsLeft(until: deadline))
      if answer > 0 { return true }
      if answer == 0 && ContinuousClock.now >= deadline { return false }
      if answer < 0 && errno != EINTR { return false }
    }
  }

  /// Reads what is there, and blocks when that is nothing yet. Empty at the end, or when reading fails.
  static func readSome(from descriptor: Int32) -> ArraySlice<UInt8> {
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      return chunk[..<max(0, count)]
    }
  }

  /// Rounded up: a wait cut to 0 ms would spin through the last millisecond.
  private static func millisecondsLeft(until deadline: ContinuousClock.Instant) -> Int32 {
    let left = max(.zero, ContinuousClock.now.duration(to: deadline))
    return Int32(clamping: Int64((left / .milliseconds(1)).rounded(.up)))
  }
}

// What a loop tells about itself: how much it ran, and how long a turn kept everybody else waiting.

/// Counters of one loop, read on its thread.
package struct LoopStatistics: Sendable {
  package internal(set) var turns = 0
  package internal(set) var jobs = 0
  /// The time spent in turns, waiting not included.
  package internal(set) var busyNanoseconds: Int64 = 0
  /// The longest turn so far: the lag that the unluckiest socket or timer saw.
  package internal(set) var longestTurnNanoseconds: Int64 = 0

  mutating func noteTurn(from begin: MonotonicInstant, to end: MonotonicInstant) {
    let spent = end.nanoseconds(since: begin)
    turns &+= 1
    busyNanoseconds &+= spent
    longestTurnNanoseconds = max(longestTurnNanoseconds, spent)
  }
}

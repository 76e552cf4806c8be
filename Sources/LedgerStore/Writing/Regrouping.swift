// Callers who wait for an answer before they post again come back a moment after a batch. If the next one
// left without them, they would make up the one after it, and so on by turns: twice as many transactions,
// each of half the size. So a lane that has answered gives them that moment.
import EventLoop

/// When the first lane may begin its next batch.
struct Regrouping {
  /// Which part of those who were answered is waited for: all of them as long as they come.
  private var trust = 1.0
  private var expected = 0
  private var end = MonotonicInstant(nanoseconds: 0)
  private static let leastTrust = 1.0 / 64

  /// A batch has been answered while others wait already.
  mutating func begin(answered: Int, waiting: Int, until end: MonotonicInstant) {
    expected = waiting + Int(trust * Double(answered))
    self.end = end
  }

  /// Whether those who were expected are there, or the moment is over.
  func isOver(waiting: Int, at now: MonotonicInstant) -> Bool {
    waiting >= expected || now >= end
  }

  /// The next batch begins. Who does not come back is soon not waited for any more.
  mutating func finish(waiting: Int) {
    trust = waiting >= expected ? min(1, trust * 2) : max(Self.leastTrust, trust / 4)
    expected = 0
  }
}

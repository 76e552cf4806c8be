// When the clocks of a zone were and will be changed, in seconds since 1970: a table of the past, and a rule
// for what comes behind it.

struct ZoneHistory: Sendable, Equatable {
  /// How far local time may be from Universal Time: a day ahead or behind, and daylight saving on top.
  static let offsets = -89_999...93_599

  /// Ascending.
  private let changes: [Int]
  /// What holds from the change at the same place on.
  private let changedOffsets: [Int32]
  /// What holds before the first change.
  private let firstOffset: Int32
  /// What holds from the last change on; without a rule, what held there goes on.
  private let rule: ZoneRule?

  init(changes: [Int], offsets: [Int32], firstOffset: Int32, rule: ZoneRule?) {
    precondition(changes.count == offsets.count, "Each change leads to an offset.")
    (self.changes, changedOffsets, self.firstOffset, self.rule) = (changes, offsets, firstOffset, rule)
  }

  /// Seconds ahead of Universal Time.
  func offset(at second: Int) -> Int {
    let count = changes(upTo: second)
    if let rule, count == changes.count { return rule.offset(at: second) }
    return Int(count == 0 ? firstOffset : changedOffsets[count - 1])
  }

  /// The first change after a second; nil when clocks are not touched any more. The offset before and behind
  /// it may be the same.
  func change(after second: Int) -> Int? {
    let count = changes(upTo: second)
    return count < changes.count ? changes[count] : rule?.change(after: second)
  }

  /// The first second at which clocks show this, or, where they skip it, the one at which they do the skip.
  func second(showing local: Int) -> Int {
    var start = local - Self.offsets.upperBound - 1
    while true {
      let second = local - offset(at: start)
      // Clocks showed less before this change, and show more from it on.
      if second < start { return start }
      guard let end = change(after: start), end <= second else { return second }
      start = end
    }
  }

  /// How many changes there were until then.
  private func changes(upTo second: Int) -> Int {
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

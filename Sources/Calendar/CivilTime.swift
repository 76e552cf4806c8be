// A time of day without a place, to the second.

package struct CivilTime: Sendable, Hashable, Comparable {
  package let hour: Int
  package let minute: Int
  package let second: Int

  package static let midnight = CivilTime(secondOfDay: 0)

  /// Nil for a time that no clock shows. There is no leap second: no clock of ours can count it.
  package init?(hour: Int, minute: Int, second: Int = 0) {
    guard 0..<24 ~= hour, 0..<60 ~= minute, 0..<60 ~= second else { return nil }
    (self.hour, self.minute, self.second) = (hour, minute, second)
  }

  /// The remainder of a division by a day, so it is within one.
  init(secondOfDay: Int) {
    (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
  }

  package var secondOfDay: Int { hour * 3600 + minute * 60 + second }

  package static func < (left: Self, right: Self) -> Bool { left.secondOfDay < right.secondOfDay }
}

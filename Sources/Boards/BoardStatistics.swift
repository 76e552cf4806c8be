// What a board says about all its members at once.

/// Sum, average and median of the values of a board that has members.
package struct BoardStatistics: Sendable, Equatable {
  /// Exact: two values of 63 bits already need 64.
  package let sum: Int128
  package let average: Hundredths
  /// The middle value, or the mean of the two in the middle, which ends in .00 or .50.
  package let median: Hundredths

  /// The two in the middle are one and the same where the number of members is odd.
  package init(sum: Int128, members: Int64, middle: (Int64, Int64)) {
    self.sum = sum
    average = Hundredths(sum, dividedBy: members)
    median = Hundredths(Int128(middle.0) + Int128(middle.1), dividedBy: 2)
  }
}

// The best of a board, as a share of all who are listed.

package struct TopShare: Sendable, Hashable {
  /// Of a percent: from 1 to 10,000.
  package let hundredths: Int64

  package init(hundredths: Int64) {
    precondition(1...10_000 ~= hundredths, "A share lies between a hundredth of a percent and all.")
    self.hundredths = hundredths
  }

  /// Among whom is who has fewer members than this before him that are strictly better. So whoever shares the
  /// score of the last place is in it, too, and the best is always in it.
  package func places(of members: Int64) -> Int64 {
    Int64((Int128(members) * Int128(hundredths) + 9_999) / 10_000)
  }
}

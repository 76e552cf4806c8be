// What a mirror needs of the definition of a board.

package struct LiveBoard: Sendable, Hashable {
  package let number: Int32
  package let order: BoardOrder
  package let eligibility: Eligibility
  /// The periods before this one are closed for good: they are read elsewhere, and mirrored no more.
  package let firstPeriod: Int32

  package init(
    number: Int32, order: BoardOrder, eligibility: Eligibility = Eligibility(), firstPeriod: Int32 = .min
  ) {
    self.number = number
    self.order = order
    self.eligibility = eligibility
    self.firstPeriod = firstPeriod
  }
}

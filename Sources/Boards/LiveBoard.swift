// What a mirror must know of a defined board.

package struct LiveBoard: Sendable, Hashable {
  /// By which slots name it.
  package let number: Int32
  package let order: BoardOrder
  package let eligibility: Eligibility

  package init(number: Int32, order: BoardOrder, eligibility: Eligibility) {
    self.number = number
    self.order = order
    self.eligibility = eligibility
  }
}

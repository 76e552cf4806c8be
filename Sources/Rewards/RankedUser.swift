// One who is ranked, as a snapshot has stored it.
package import Ledger

package struct RankedUser: Sendable, Equatable {
  /// From 1 without a gap, in the order of the board.
  package let place: Int64
  /// As the board ranks; equals share one, unless the board ranks who was earlier before the other.
  package let rank: Int64
  package let user: UserID

  package init(place: Int64, rank: Int64, user: UserID) {
    self.place = place
    self.rank = rank
    self.user = user
  }
}

// The sums of all accounts of a point type, of one moment.

package struct AccountSums: Sendable, Equatable {
  package var members: Int64
  package var balance: Int128
  /// Who is on the board of what was earned.
  package var earners: Int64
  package var earned: Int128
  /// Everything up to this position is in the sums.
  package var position: Int64

  package init(members: Int64, balance: Int128, earners: Int64, earned: Int128, position: Int64) {
    self.members = members
    self.balance = balance
    self.earners = earners
    self.earned = earned
    self.position = position
  }
}

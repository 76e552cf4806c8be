// A stretch of all accounts in the order of users and point types.
package import Ledger

/// The accounts behind `after`, up to and with `through`.
package struct AccountRange: Sendable, Equatable {
  package let after: AccountKey
  package let through: AccountKey

  package init(after: AccountKey, through: AccountKey) {
    self.after = after
    self.through = through
  }

  /// Before every account: no id is empty.
  package static let beginning = AccountKey(user: UserID(stored: ""), pointType: lowest)
  /// Behind every account: longer than any id, and of the last character there is.
  package static let end = AccountKey(
    user: UserID(stored: String(repeating: "\u{10FFFF}", count: UserID.longest)), pointType: highest)

  package static func all(of user: UserID) -> AccountRange {
    AccountRange(
      after: AccountKey(user: user, pointType: lowest), through: AccountKey(user: user, pointType: highest))
  }

  /// This account alone.
  package static func only(_ key: AccountKey) -> AccountRange {
    let bits = key.pointType.bits
    let (low, borrows) = bits.low.subtractingReportingOverflow(1)
    let before = PointTypeID(UUIDBits(high: borrows ? bits.high &- 1 : bits.high, low: low))
    return AccountRange(after: AccountKey(user: key.user, pointType: before), through: key)
  }

  private static let lowest = PointTypeID(UUIDBits(high: 0, low: 0))
  private static let highest = PointTypeID(UUIDBits(high: .max, low: .max))
}

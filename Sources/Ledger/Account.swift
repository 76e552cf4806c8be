// An account is what one user has of one point type: the last link of a chain of transactions, kept for
// speed.

/// Which account. Accounts are locked in this order, everywhere, so that no two batches wait for each other.
package struct AccountKey: Sendable, Hashable, Comparable {
  package let user: UserID
  package let pointType: PointTypeID

  package init(user: UserID, pointType: PointTypeID) {
    self.user = user
    self.pointType = pointType
  }

  package static func < (left: Self, right: Self) -> Bool {
    let order = left.user.order(to: right.user)
    return order == 0 ? left.pointType < right.pointType : order < 0
  }
}

/// The state of an account.
package struct Account: Sendable, Equatable {
  package let key: AccountKey
  package var balance: Int64
  /// The part of the balance that is set aside.
  package var held: Int64
  /// Credits minus their reversed parts; refunds and reversed debits never count.
  package var totalEarned: Int64
  /// Purchase and redemption debits minus what came back of them.
  package var totalSpent: Int64
  /// How many transactions it has: the length of its chain.
  package var version: Int64
  /// How often the row was written, for whatever reason: what a mirror compares.
  package var revision: Int64
  /// When its last transaction was made, which is when its balance was reached.
  package var lastTransactionAt: Instant?
  /// When `totalEarned` was reached; nil until a credit counted, and then the account is on the board
  /// `earned`.
  package var earnedAt: Instant?
  package var updatedAt: Instant
  /// Its places on the boards that are defined beside these.
  package var slots: BoardSlots

  package init(
    key: AccountKey, balance: Int64 = 0, held: Int64 = 0, totalEarned: Int64 = 0, totalSpent: Int64 = 0,
    version: Int64 = 0, revision: Int64 = 0, lastTransactionAt: Instant? = nil, earnedAt: Instant? = nil,
    updatedAt: Instant, slots: BoardSlots = BoardSlots()
  ) {
    self.key = key
    self.balance = balance
    self.held = held
    self.totalEarned = totalEarned
    self.totalSpent = totalSpent
    self.version = version
    self.revision = revision
    self.lastTransactionAt = lastTransactionAt
    self.earnedAt = earnedAt
    self.updatedAt = updatedAt
    self.slots = slots
  }

  /// What can be spent.
  package var available: Int64 { balance - held }
}

/// An account as boards show it: with what they show of its user.
package struct NamedAccount: Sendable, Equatable {
  package var account: Account
  package var displayName: String?
  /// Boards may leave out who is disabled.
  package var isEnabled: Bool

  package init(_ account: Account, displayName: String?, isEnabled: Bool = true) {
    self.account = account
    self.displayName = displayName
    self.isEnabled = isEnabled
  }
}

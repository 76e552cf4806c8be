// What was done: one link in the chain of an account, and what the account was before and after it.

package struct Transaction: Sendable, Equatable {
  package let id: TransactionID
  package let account: AccountKey
  /// Its place in the account's chain, from 1 on.
  package let version: Int64
  package let direction: Direction
  package let amount: Int64
  package let before: Int64
  package let after: Int64
  package let totalEarned: Int64
  package let totalSpent: Int64
  package let kind: Kind
  package let details: TransactionDetails
  package let reverses: TransactionID?
  package let occurredAt: Instant
  package let createdAt: Instant
  package let createdBy: ServiceID

  package init(
    id: TransactionID, account: AccountKey, version: Int64, direction: Direction, amount: Int64,
    before: Int64,
    after: Int64, totalEarned: Int64, totalSpent: Int64, kind: Kind, details: TransactionDetails,
    reverses: TransactionID?, occurredAt: Instant, createdAt: Instant, createdBy: ServiceID
  ) {
    self.id = id
    self.account = account
    self.version = version
    self.direction = direction
    self.amount = amount
    self.before = before
    self.after = after
    self.totalEarned = totalEarned
    self.totalSpent = totalSpent
    self.kind = kind
    self.details = details
    self.reverses = reverses
    self.occurredAt = occurredAt
    self.createdAt = createdAt
    self.createdBy = createdBy
  }
}

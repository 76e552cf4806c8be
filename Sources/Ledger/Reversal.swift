// Taking back. A reversal is a posting like any other; what was done stays in the ledger, and so does that it
// was taken back. It may come in parts, never above the original in sum.

/// How much of which transaction is to be taken back.
package struct Reversal: Sendable {
  package let original: ReversibleTransaction
  /// Nil means all that is left of it; if that is nothing, the other legs of the posting go on alone.
  package let amount: Int64?
  /// Whether less is taken when the account does not have it all, or less than the amount is left of the
  /// original; and nothing when there is nothing, while the other legs go on.
  package let allowsPartial: Bool

  package init(original: ReversibleTransaction, amount: Int64?, allowsPartial: Bool) {
    self.original = original
    self.amount = amount
    self.allowsPartial = allowsPartial
  }
}

/// What must be known of a transaction to take it back; it never changes.
package struct ReversibleTransaction: Sendable, Equatable {
  package let id: TransactionID
  package let account: AccountKey
  package let direction: Direction
  package let amount: Int64
  /// What it added to the running totals; a refund took something from `totalSpent`.
  package let earned: Int64
  package let spent: Int64
  /// What boards count it by.
  package let kind: Kind
  package let category: String?
  package let occurredAt: Instant
  package let createdAt: Instant

  package init(
    id: TransactionID, account: AccountKey, direction: Direction, amount: Int64, earned: Int64, spent: Int64,
    kind: Kind, category: String?, occurredAt: Instant, createdAt: Instant
  ) {
    self.id = id
    self.account = account
    self.direction = direction
    self.amount = amount
    self.earned = earned
    self.spent = spent
    self.kind = kind
    self.category = category
    self.occurredAt = occurredAt
    self.createdAt = createdAt
  }

  /// Of a transaction whose changes of the running totals are known.
  package init(_ transaction: Transaction, earned: Int64, spent: Int64) {
    self.init(
      id: transaction.id, account: transaction.account, direction: transaction.direction,
      amount: transaction.amount, earned: earned, spent: spent, kind: transaction.kind,
      category: transaction.details.category, occurredAt: transaction.occurredAt,
      createdAt: transaction.createdAt)
  }

  package var source: BoardEntry.Source {
    BoardEntry.Source(
      direction: direction, kind: kind, category: category, earned: earned, occurredAt: occurredAt,
      createdAt: createdAt)
  }

  /// How a total changes when, after `before`, a further `part` is taken back: what the original did to the
  /// total is undone from its first unit on.
  static func undoing(_ effect: Int64, before: Int64, part: Int64) -> Int64 {
    let magnitude = effect < 0 ? -effect : effect
    let undone = min(before + part, magnitude) - min(before, magnitude)
    return effect < 0 ? undone : -undone
  }
}

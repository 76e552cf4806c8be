// A transaction as a link of its account's chain: as much of it as its place in the chain follows from.
package import Ledger

package struct ChainLink: Sendable, Equatable {
  /// What a kind does to the running totals. `Effect` says it of postings.
  package enum Effect: Int32, Sendable {
    /// Credits are earned.
    case plain = 0
    /// Gives back what another transaction did.
    case reversal
    /// Credits take from what was spent, as far as there is any.
    case refund
    /// Neither is earned nor spent.
    case neutral
    /// Debits are spent.
    case spending
  }

  package let version: Int64
  package let direction: Direction
  package let effect: Effect
  package let amount: Int64
  package let before: Int64
  package let after: Int64
  package let totalEarned: Int64
  package let totalSpent: Int64
  package let createdAt: Instant
  /// Its id, if it is a reversal.
  package let reversal: TransactionID?

  package init(
    version: Int64, direction: Direction, effect: Effect, amount: Int64, before: Int64, after: Int64,
    totalEarned: Int64, totalSpent: Int64, createdAt: Instant, reversal: TransactionID? = nil
  ) {
    self.version = version
    self.direction = direction
    self.effect = effect
    self.amount = amount
    self.before = before
    self.after = after
    self.totalEarned = totalEarned
    self.totalSpent = totalSpent
    self.createdAt = createdAt
    self.reversal = reversal
  }
}

/// A link that was met where it lies, and the hash of its account.
package struct MetLink: Sendable {
  package let hash: Int64
  package let link: ChainLink

  package init(hash: Int64, link: ChainLink) {
    self.hash = hash
    self.link = link
  }
}

/// An account that was met where it lies.
package struct MetAccount: Sendable {
  package let hash: Int64
  package let key: AccountKey
  /// What the last link of its chain must be; nil if it says itself that there is none.
  package let end: CheckedChain.End?
  /// Wrong by itself, or not as its user is.
  package let isOdd: Bool
}

/// An account of which no more is known than that it has transactions.
package struct LinkOwner: Sendable {
  package let hash: Int64
  package let key: AccountKey
}

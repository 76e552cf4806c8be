// What a batch is decided on: everything it touches, read under the locks.

package struct LedgerState: Sendable {
  /// All accounts that the batch touches, also those without a transaction yet. A missing one belongs to a
  /// user who would have to be registered first.
  package var accounts: AccountTable
  package let types: [PointTypeID: PointType]
  /// How much of a transaction has been taken back, for those that the batch reverses.
  package var reversed: [TransactionID: Int64]
  /// The boards of the types, beside the two that every type has.
  package let boards: [PointTypeID: [ScoredBoard]]
  /// Of accounts of which something is taken back: their best credits, wherever the best one counts.
  package var bestCredits: BestCredits
  /// Taken after the locks.
  package let now: Instant

  package init(
    accounts: AccountTable, types: [PointTypeID: PointType], reversed: [TransactionID: Int64],
    boards: [PointTypeID: [ScoredBoard]] = [:], bestCredits: BestCredits = BestCredits(), now: Instant
  ) {
    self.accounts = accounts
    self.types = types
    self.reversed = reversed
    self.boards = boards
    self.bestCredits = bestCredits
    self.now = now
  }
}

/// What a user's row says that matters here.
package struct UserStanding: Sendable, Equatable {
  package let displayName: String?
  package let isEnabled: Bool

  package init(displayName: String?, isEnabled: Bool) {
    self.displayName = displayName
    self.isEnabled = isEnabled
  }
}

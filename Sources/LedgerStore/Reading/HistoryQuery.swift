// Which part of an account's history is asked for.
package import Ledger

package struct HistoryQuery: Sendable, Equatable {
  package var account: AccountKey
  package var kind: Kind?
  package var category: String?
  /// Transactions made at this instant or later.
  package var from: Instant?
  /// Transactions made before this instant.
  package var to: Instant?
  /// Only what lies before this version: where the page before ended.
  package var below: Int64?
  package var limit: Int

  package init(account: AccountKey, limit: Int) {
    self.account = account
    self.limit = limit
  }

  /// Whether what is wanted may lie far apart.
  var isFiltered: Bool { kind != nil || category != nil }
}

/// Transactions, newest first.
package struct HistoryPage: Sendable, Equatable {
  package let transactions: [Transaction]
  /// Where the next page begins; nil at the end, and only there.
  package let nextBelow: Int64?

  package init(transactions: [Transaction], nextBelow: Int64?) {
    self.transactions = transactions
    self.nextBelow = nextBelow
  }
}

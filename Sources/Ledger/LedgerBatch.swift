// What one database transaction changed, for those who follow the ledger.

package struct LedgerBatch: Sendable {
  package let position: LedgerPosition
  /// The accounts changed, each as it was left.
  package let accounts: [AccountRevision]

  package init(position: LedgerPosition, accounts: [AccountRevision]) {
    self.position = position
    self.accounts = accounts
  }
}

// What one database transaction changed, for those who follow the ledger.

package struct LedgerBatch: Sendable {
  package let position: LedgerPosition
  /// The accounts changed, each as it was left.
  package let accounts: [AccountRevision]
  /// How long ago it was written, by the ledger's clock.
  package let age: Duration

  package init(position: LedgerPosition, accounts: [AccountRevision], age: Duration) {
    self.age = age
    self.position = position
    self.accounts = accounts
  }
}

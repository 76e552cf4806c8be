// Accounts as a lane committed them, for whoever shows them to Redis.
package import Ledger

package struct CommittedAccounts: Sendable {
  package let accounts: [NamedAccount]
  /// The batch that left them so; nil where none did, and they are told again as they were.
  package let batch: UUIDBits?

  package init(_ accounts: [NamedAccount], batch: UUIDBits?) {
    self.accounts = accounts
    self.batch = batch
  }
}

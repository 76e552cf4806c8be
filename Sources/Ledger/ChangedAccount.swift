/// An account as a batch left it, with what the batch found: who shows it elsewhere knows what stands there.
package struct ChangedAccount: Sendable {
  package let account: NamedAccount
  /// Nil where that is not known. Of one that was created meanwhile, the account without a transaction.
  package let before: Account?

  package init(_ account: NamedAccount, before: Account?) {
    self.account = account
    self.before = before
  }
}

// The answer to an award or a deduction.

/// One transaction that was posted, and what it made of the account.
public struct TransactionReceipt: Sendable, Equatable {
  /// The transaction.
  public let transaction: Transaction
  /// What the account holds.
  public let balance: AccountState
  /// Whether boards and balances in Redis show it already. If not, they follow within seconds.
  public let isProjected: Bool
  /// Whether it had been posted before, under the same key; this is the answer of then.
  public let isReplayed: Bool
}

extension TransactionReceipt {
  init(_ fields: Fields, isReplayed: Bool) throws(MalformedAnswer) {
    transaction = try fields.value("transaction")
    balance = try fields.value("balance")
    isProjected = try fields.flag("projected")
    self.isReplayed = isReplayed
  }
}

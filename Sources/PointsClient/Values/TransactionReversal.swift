// The answer to the reversal of a transaction.

/// A transaction that takes back another, wholly or in part.
public struct TransactionReversal: Sendable, Equatable {
  /// The new transaction and the account after it.
  public let receipt: TransactionReceipt
  /// How much of the original is still not taken back.
  public let remaining: Int64
}

extension TransactionReversal {
  init(_ fields: Fields, isReplayed: Bool) throws(MalformedAnswer) {
    receipt = try TransactionReceipt(fields, isReplayed: isReplayed)
    remaining = try fields.int64("remaining")
  }
}

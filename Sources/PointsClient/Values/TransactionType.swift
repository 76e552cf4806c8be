// The direction of a transaction. There are two, and there will be no third.

/// Whether points are given or taken.
public enum TransactionType: String, Sendable, Hashable {
  /// Points are given.
  case credit
  /// Points are taken.
  case debit
}

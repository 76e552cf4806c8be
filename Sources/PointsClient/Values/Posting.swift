// A posting is the only way a balance changes: all of its transactions happened at once.

/// An atomic group of transactions.
public struct Posting: Sendable, Equatable {
  /// Names it for ever.
  public let id: String
  /// When the ledger took it in.
  public let createdAt: Timestamp
  /// In the order of the legs that were asked for.
  public let transactions: [Transaction]
}

extension Posting: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    id = try fields.text("id")
    createdAt = try fields.timestamp("createdAt")
    transactions = try fields.list("transactions")
  }
}

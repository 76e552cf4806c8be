// A part of a user's history.

/// Transactions of a user, newest first, and where the next page begins.
public struct HistoryPage: Sendable, Equatable {
  /// The transactions, newest first.
  public let transactions: [Transaction]
  /// nil on the last page. It means nothing to anybody but the service.
  public let nextCursor: String?
}

extension HistoryPage: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    transactions = try fields.list("transactions")
    nextCursor = try fields.textIfAny("nextCursor")
  }
}

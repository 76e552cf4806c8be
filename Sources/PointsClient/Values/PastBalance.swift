// What an account held at an instant, found in its chain of transactions. What was on hold then is not told:
// holds are no transactions.

/// The state of an account at a past instant.
public struct PastBalance: Sendable, Equatable {
  /// The user, by the id that callers know.
  public let userID: String
  /// The name of the point type.
  public let pointType: String
  /// The instant that was asked for.
  public let instant: Timestamp
  /// What the account held.
  public let balance: Int64
  /// Everything credited until then, prizes included, without what was reversed.
  public let totalEarned: Int64
  /// Purchases and redemptions until then, without their refunds.
  public let totalSpent: Int64
  /// How many transactions the account had.
  public let transactionCount: Int64
  /// When the account had last changed.
  public let lastTransactionAt: Timestamp?
  /// The version that the account had; 0 before its first transaction.
  public let version: Int64
  /// Where the service read it.
  public let source: DataSource
}

extension PastBalance: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    userID = try fields.text("userId")
    pointType = try fields.text("pointType")
    instant = try fields.timestamp("at")
    balance = try fields.int64("balance")
    totalEarned = try fields.int64("totalEarned")
    totalSpent = try fields.int64("totalSpent")
    transactionCount = try fields.int64("transactionCount")
    lastTransactionAt = try fields.timestampIfAny("lastTransactionAt")
    version = try fields.int64("version")
    source = DataSource(rawValue: try fields.text("source"))
  }
}

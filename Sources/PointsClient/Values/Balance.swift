// What an account holds, with the version that says how new this is.

/// The state of an account.
public struct Balance: Sendable, Equatable {
  /// The user, by the id that callers know.
  public let userID: String
  /// The name of the point type.
  public let pointType: String
  /// What the account holds.
  public let balance: Int64
  /// What can be spent: the balance without what is held.
  public let available: Int64
  /// What is held back, for instance for a withdrawal.
  public let held: Int64
  /// Everything ever credited, prizes included, without what was reversed.
  public let totalEarned: Int64
  /// Purchases and redemptions, without their refunds.
  public let totalSpent: Int64
  /// How many transactions the account has.
  public let transactionCount: Int64
  /// When the account last changed.
  public let lastTransactionAt: Timestamp?
  /// Counts the account's transactions; 0 for a user without any.
  public let version: Int64
  /// When it was last rewritten.
  public let updatedAt: Timestamp?
  /// Where the service read it.
  public let source: DataSource
  /// The newest transactions, if they were asked for.
  public let history: [Transaction]?
}

extension Balance: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    try self.init(fields, userID: fields.text("userId"))
  }

  /// Within an answer that names the user once for all of its balances.
  init(_ fields: Fields, userID: String) throws(MalformedAnswer) {
    self.userID = userID
    pointType = try fields.text("pointType")
    balance = try fields.int64("balance")
    available = try fields.int64("available")
    held = try fields.int64("held")
    totalEarned = try fields.int64("totalEarned")
    totalSpent = try fields.int64("totalSpent")
    transactionCount = try fields.int64("transactionCount")
    lastTransactionAt = try fields.timestampIfAny("lastTransactionAt")
    version = try fields.int64("version")
    updatedAt = try fields.timestampIfAny("updatedAt")
    source = DataSource(rawValue: try fields.text("source"))
    history = try fields.listIfAny("history")
  }
}

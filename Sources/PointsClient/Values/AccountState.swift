// What a posting made of an account.

/// An account right after a posting.
public struct AccountState: Sendable, Equatable {
  /// The user, by the id that callers know.
  public let userID: String
  /// The name of the point type.
  public let pointType: String
  /// What the account holds.
  public let balance: Int64
  /// Everything ever credited, prizes included, without what was reversed.
  public let totalEarned: Int64
  /// Purchases and redemptions, without their refunds.
  public let totalSpent: Int64
  /// How many transactions the account has.
  public let transactionCount: Int64
  /// Ask for the balance with this as `minVersion` to read what was just written, from any process.
  public let version: Int64
}

extension AccountState: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    userID = try fields.text("userId")
    pointType = try fields.text("pointType")
    balance = try fields.int64("balance")
    totalEarned = try fields.int64("totalEarned")
    totalSpent = try fields.int64("totalSpent")
    transactionCount = try fields.int64("transactionCount")
    version = try fields.int64("version")
  }
}

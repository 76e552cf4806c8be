// A kind of points, such as gold or experience.

/// A point type.
public struct PointType: Sendable, Equatable {
  /// Names it for ever.
  public let id: String
  /// The name that calls use.
  public let name: String
  /// What boards show.
  public let displayName: String
  /// More about it, in the caller's words.
  public let description: String?
  /// A disabled type takes no credits and no debits.
  public let isEnabled: Bool
  /// The bounds of one transaction's amount.
  public let minAmount: Int64?
  /// The most that one transaction may move.
  public let maxAmount: Int64?
  /// When the ledger took it in.
  public let createdAt: Timestamp
  /// When it was last rewritten.
  public let updatedAt: Timestamp?
}

extension PointType: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    id = try fields.text("id")
    name = try fields.text("name")
    displayName = try fields.text("displayName")
    description = try fields.textIfAny("description")
    isEnabled = try fields.flag("enabled")
    minAmount = try fields.int64IfAny("minAmount")
    maxAmount = try fields.int64IfAny("maxAmount")
    createdAt = try fields.timestamp("createdAt")
    updatedAt = try fields.timestampIfAny("updatedAt")
  }
}

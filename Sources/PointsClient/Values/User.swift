// A user as the service knows one.

/// A registered user.
public struct User: Sendable, Equatable {
  /// The user, by the id that callers know.
  public let userID: String
  /// What boards show.
  public let displayName: String?
  /// A disabled user gets and gives no points.
  public let isEnabled: Bool
  /// What the caller attached.
  public let metadata: [String: MetadataValue]?
  /// When the service first heard of the user.
  public let createdAt: Timestamp
  /// When the user was last changed.
  public let updatedAt: Timestamp
}

extension User: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    userID = try fields.text("userId")
    displayName = try fields.textIfAny("displayName")
    isEnabled = try fields.flag("enabled")
    metadata = try fields.metadataIfAny("metadata")
    createdAt = try fields.timestamp("createdAt")
    updatedAt = try fields.timestamp("updatedAt")
  }
}

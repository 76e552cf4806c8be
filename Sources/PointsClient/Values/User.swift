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
}

extension User {
  /// The answer need not repeat the id that it was asked about.
  init(_ fields: Fields, askedFor userID: String) throws(MalformedAnswer) {
    self.userID = try fields.textIfAny("userId") ?? userID
    displayName = try fields.textIfAny("displayName")
    isEnabled = try fields.flag("enabled")
    metadata = try fields.metadataIfAny("metadata")
  }
}

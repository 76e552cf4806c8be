// The name of an account: a user's points of one type.
import JSON

/// Whose points, and of which type.
public struct Account: Sendable, Equatable {
  /// The user, by the id that callers know.
  public let userID: String
  /// nil for the service's default type.
  public let pointType: String?

  /// The account of a user; without a point type it is that of the service's default type.
  public init(userID: String, pointType: String? = nil) {
    self.userID = userID
    self.pointType = pointType
  }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("userId", userID)
      json.field("pointType", ifAny: pointType)
    }
  }
}

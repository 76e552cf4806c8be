// Users, as far as the service knows them.
import JSON

extension PointsClient {
  /// Creates a user or replaces what is known of one. Saying the same twice changes nothing, so it needs no
  /// key.
  @discardableResult
  public func setUser(
    userID: String, displayName: String?, isEnabled: Bool = true, metadata: [String: MetadataValue]? = nil
  ) async throws(PointsError) -> User {
    let body = JSONWriter.body { json in
      json.field("displayName", orNull: displayName)
      json.field("enabled", isEnabled)
      json.field("metadata", ifAny: metadata)
    }
    let call = Call(
      method: .put, target: Target("/points/users").adding(part: userID).bytes, body: body,
      isRepeatable: true, isWrite: true)
    return try await value(of: call)
  }

  /// What is known of a user.
  public func user(userID: String) async throws(PointsError) -> User {
    try await value(of: .read(Target("/points/users").adding(part: userID)))
  }
}

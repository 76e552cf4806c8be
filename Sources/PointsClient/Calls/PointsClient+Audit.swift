// What was decided, for callers whose key has the role of an administrator.

extension PointsClient {
  /// What administrators decided, the last first: all of it, or what was done to one board, point type, user,
  /// or key, by its id. `limit` is 1,000 at most.
  public func audit(
    of subject: String? = nil, limit: Int? = nil, cursor: String? = nil
  ) async throws(PointsError) -> AuditPage {
    var target = Target("/points/audit")
    target.append("subject", subject)
    target.append("limit", limit)
    target.append("cursor", cursor)
    return try await value(of: .read(target))
  }
}

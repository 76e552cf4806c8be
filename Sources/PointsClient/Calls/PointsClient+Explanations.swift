// Asking why somebody is where he is.

extension PointsClient {
  /// The transactions that make up a user's score, newest first, and who has passed the user since an
  /// instant: a day ago, or the beginning of the period, unless given. Needs the role of a service; nil for
  /// one who is not on the board. The next page begins at this one's `nextCursor`, asked for with all else
  /// the same; a page may be short or empty and yet not be the last.
  public func explanation(
    userID: String, pointType: String? = nil, board: Board? = nil, category: String? = nil,
    period: String? = nil, since: Timestamp? = nil, limit: Int? = nil, cursor: String? = nil
  ) async throws(PointsError) -> Explanation? {
    var target = Target("/points/leaderboard/explain")
    target.append("userId", userID)
    target.append(pointType: pointType, board, category, period)
    target.append("since", since?.description)
    target.append("limit", limit)
    target.append("cursor", cursor)
    do throws(PointsError) {
      return try await value(of: .read(target))
    } catch {
      if case .refused(let problem) = error, problem.code == .notRanked { return nil }
      throw error
    }
  }
}

// Asking what happened.

extension PointsClient {
  /// One page of a user's history, newest first: `limit` transactions, 25 unless given and 1,000 at most.
  /// `from` is inclusive, `to` is not. The next page begins at this one's `nextCursor`. A page may have fewer
  /// transactions, even none, and yet not be the last: only a `nextCursor` of nil is the end.
  public func history(
    userID: String, pointType: String? = nil, kind: String? = nil, category: String? = nil,
    from: Timestamp? = nil, to: Timestamp? = nil, limit: Int? = nil, cursor: String? = nil
  ) async throws(PointsError) -> HistoryPage {
    let query = HistoryQuery(
      userID: userID, pointType: pointType, kind: kind, category: category, from: from, to: to, limit: limit)
    return try await value(of: .read(query.target(cursor: cursor)))
  }

  /// All pages of a user's history, each asked for when the loop gets there.
  ///
  /// ```swift
  /// for try await page in points.historyPages(userID: "123", limit: 100) {
  ///   for transaction in page.transactions { ... }
  /// }
  /// ```
  public func historyPages(
    userID: String, pointType: String? = nil, kind: String? = nil, category: String? = nil,
    from: Timestamp? = nil, to: Timestamp? = nil, limit: Int? = nil
  ) -> HistoryPages {
    HistoryPages(
      client: self,
      query: HistoryQuery(
        userID: userID, pointType: pointType, kind: kind, category: category, from: from, to: to,
        limit: limit))
  }
}

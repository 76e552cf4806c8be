// A user's history as a sequence. A page is asked for when it is wanted and not before, so that whoever stops
// early has asked for no more.

/// The pages of a user's history, newest first.
public struct HistoryPages: AsyncSequence, Sendable {
  /// What the sequence yields.
  public typealias Element = HistoryPage
  /// What asking for a page may fail with.
  public typealias Failure = PointsError

  let client: PointsClient
  let query: HistoryQuery

  /// Begins with the newest page.
  public func makeAsyncIterator() -> Iterator {
    Iterator(client: client, query: query)
  }

  /// Asks for one page after the other.
  public struct Iterator: AsyncIteratorProtocol {
    /// What the sequence yields.
    public typealias Element = HistoryPage
    /// What asking for a page may fail with.
    public typealias Failure = PointsError

    private enum Place {
      case first
      case at(cursor: String)
      case end
    }

    private let client: PointsClient
    private let query: HistoryQuery
    private var place = Place.first

    init(client: PointsClient, query: HistoryQuery) {
      self.client = client
      self.query = query
    }

    /// The next page, or nil behind the last.
    public mutating func next() async throws(PointsError) -> HistoryPage? {
      let cursor: String?
      switch place {
      case .first: cursor = nil
      case .at(let next): cursor = next
      case .end: return nil
      }
      let page: HistoryPage = try await client.value(of: .read(query.target(cursor: cursor)))
      place = page.nextCursor.map { .at(cursor: $0) } ?? .end
      return page
    }

    /// The next page, or nil behind the last.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(PointsError) -> HistoryPage? {
      try await next()
    }
  }
}

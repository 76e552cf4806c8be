// How a worker's copy of the point types keeps up with what other processes change. Nothing depends on it for
// being right: whoever writes looks at the generation under the lock. It is for names that are new.
package import EventLoop
package import Ledger
package import PostgresClient

extension PointTypeCatalog {
  /// However many unknown names are asked for, the database is asked no more often than this.
  static let lookAgainInterval = Duration.milliseconds(100)

  /// Reads the types anew if they have changed; answers whether it did.
  @discardableResult
  package func refresh(from pool: PostgresPool) async throws(PostgresError) -> Bool {
    guard isLoaded else {
      try await load(from: pool)
      return true
    }
    guard let present = try await pool.first(ReadGeneration()) else { throw .unexpectedRowCount(0) }
    guard present != generation else { return false }
    try await load(from: pool)
    return true
  }

  /// A moment in the life of this copy: what was true then is told by any look that began later.
  package struct Moment: Sendable {
    fileprivate let looksBegun: Int
  }

  package var moment: Moment { Moment(looksBegun: looks.begun) }

  /// By name or by id. One that is not known here may have been created elsewhere a moment ago, so it is
  /// called unknown only after a look at the database that began after the caller's request came. Whoever has
  /// several names to ask for says when that was, and then one look is enough for all of them.
  package func resolve(
    _ nameOrID: String, since request: Moment? = nil, from pool: PostgresPool, on loop: EventLoop
  ) async throws(PostgresError) -> PointType? {
    guard PointType.isName(nameOrID) || PointTypeID(text: nameOrID) != nil else { return nil }
    let begin = request ?? moment
    while true {
      if let known = type(nameOrID) { return known }
      guard looks.ended <= begin.looksBegun else { return nil }
      try await looks.next(on: loop) { () async throws(PostgresError) in try await self.refresh(from: pool) }
    }
  }
}

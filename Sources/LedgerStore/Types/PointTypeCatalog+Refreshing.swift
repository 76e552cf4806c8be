// How a worker's copy of the point types keeps up with what other processes change. Nothing depends on it for
// being right: whoever writes looks at the generation under the lock. It is for names that are new.
package import EventLoop
package import Ledger
package import PostgresClient

extension PointTypeCatalog {
  /// How often the worker asks whether anything has changed; half of what callers are promised.
  package static let refreshInterval = Duration.milliseconds(500)
  /// However many unknown names are asked for, the database is asked no more often than this.
  static let lookAgainInterval = Duration.milliseconds(100)

  /// Reads the types anew if they have changed; answers whether it did.
  @discardableResult
  package func refresh(from pool: PostgresPool) async throws(PostgresError) -> Bool {
    guard let present = try await pool.first(ReadGeneration()) else { throw .unexpectedRowCount(0) }
    guard present != generation else { return false }
    try await load(from: pool)
    return true
  }

  /// By name or by id. One that is not known here may have been created elsewhere a moment ago, so the
  /// database is asked before it is called unknown. If it was asked too short a time ago, before that moment
  /// perhaps, this waits until it may be asked again, or until somebody else who waits has asked.
  package func resolve(
    _ nameOrID: String, from pool: PostgresPool, on loop: EventLoop
  ) async throws(PostgresError) -> PointType? {
    guard PointType.isName(nameOrID) || PointTypeID(text: nameOrID) != nil else { return nil }
    // Whoever looked in the meantime began to look after this was called: two pauses see the end of it.
    for _ in 0..<3 {
      if let known = type(nameOrID) { return known }
      guard let pause = pauseBeforeLook(at: loop.clock.now) else {
        try await refresh(from: pool)
        break
      }
      guard (try? await loop.sleep(for: pause)) != nil else { break }
    }
    return type(nameOrID)
  }
}

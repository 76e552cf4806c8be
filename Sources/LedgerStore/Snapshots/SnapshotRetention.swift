// How long snapshots are kept. Nothing is removed before its time, by anybody: the database refuses it. And
// nothing goes silently: the row stays for good, with its digest and with when its entries were removed.
package import Ledger
package import PostgresClient

package struct SnapshotRetention: Sendable {
  /// So many entries are removed in one transaction.
  private static let stepEntries: Int32 = 10_000

  /// So many rows are written by one statement.
  private static let stepRows = 1_000

  let pool: PostgresPool

  package init(pool: PostgresPool) {
    self.pool = pool
  }

  /// Keeps it at least until then, or for ever; false if it is gone.
  package func keep(
    _ id: SnapshotID, until: Instant?, by actor: Actor = .configuration
  ) async throws(PostgresError) -> Bool {
    try await pool.transaction { transaction throws(PostgresError) in
      guard let before = try await transaction.first(FindSnapshot(id: id)),
        try await transaction.first(KeepSnapshot(id: id, until: until)) != nil
      else { return false }
      _ = try await transaction.query(InsertAudit(note: .kept(before, until: until, by: actor)))
      return true
    }
  }

  /// Says of closes whose time is nearly over until when they are kept, a day from now at the least; how
  /// many.
  package func announceCloses(after days: Int32) async throws(PostgresError) -> Int {
    var count = 0
    while true {
      let announced = try await pool.query(AnnounceCloses(days: days, limit: Self.stepRows)).count
      count += announced
      if announced < Self.stepRows { return count }
    }
  }

  /// Whose time is over, the longest over first; also those whose removal was broken off.
  package func expired(limit: Int) async throws(PostgresError) -> [Snapshot] {
    try await pool.query(ListExpired(limit: limit))
  }

  /// Removes the entries of one whose time is over, step by step; false if it is not. From the first step on
  /// it is shown to nobody; whoever is cut off in the middle goes on from there.
  package func remove(_ id: SnapshotID) async throws(PostgresError) -> Bool {
    guard let number = try await pool.first(ExpireSnapshot(id: id)) else { return false }
    while try await pool.execute(DeleteEntries(number: number, limit: Self.stepEntries)) > 0 {}
    try await pool.execute(DeleteSnapshotUsers(number: number))
    try await pool.execute(NoteRemoval(id: id))
    return true
  }
}

// What is read of snapshots. Only those that are complete are shown; the entries of one never change, so
// what was read of it once may be kept for as long as one likes.
package import Ledger
package import PostgresClient

/// One worker's reader, over a pool that is meant for reads; used on its loop only.
package struct SnapshotReader: Sendable {
  /// So many snapshots are looked at by one statement.
  private static let stepMax = 500

  let pool: PostgresPool
  let gatheredStandings: GatheredStandings

  package init(pool: PostgresPool) {
    self.pool = pool
    gatheredStandings = Self.gatherStandings(from: pool)
  }

  // MARK: Snapshots

  /// Of whatever state.
  package func snapshot(_ id: SnapshotID) async throws(PostgresError) -> Snapshot? {
    try await pool.first(FindSnapshot(id: id))
  }

  /// The one that a closed period is shown by: the newest revision of its close. One that is not complete is
  /// still being taken, or gone.
  package func close(
    of board: BoardID, period: Int32
  ) async throws(PostgresError) -> Snapshot? {
    try await pool.first(FindShownClose(board: .defined(board), period: period))
  }

  /// Of whatever state, the last begun first.
  package func list(
    of pointType: PointTypeID? = nil, board: SnapshotBoard.Key? = nil, before number: SnapshotNumber? = nil,
    limit: Int
  ) async throws(PostgresError) -> [Snapshot] {
    try await pool.query(
      ListSnapshots(
        pointType: pointType, board: board, before: number ?? SnapshotNumber(.max), limit: limit))
  }

  /// The complete ones of a board, the newest first by the instant that they show, and of those that were
  /// revised the newest revision. The first is the one to
  /// compare the live board with.
  package func list(
    of board: BoardOfType, purpose: SnapshotPlan.Purpose? = nil, before: SnapshotCursor = .newest, limit: Int
  ) async throws(PostgresError) -> [Snapshot] {
    try await pool.query(
      ListBoardSnapshots(board: board, purpose: purpose, before: before, limit: limit))
  }

  // MARK: Entries

  /// In order, those behind the place.
  package func entries(
    of snapshot: SnapshotNumber, after place: Int32 = 0, limit: Int
  ) async throws(PostgresError) -> [SnapshotEntry] {
    try await pool.query(ReadEntries(snapshot: snapshot, after: place, limit: limit))
  }

  /// In order, from the first whose rank is this or behind it.
  package func entries(
    of snapshot: Snapshot, fromRank rank: Int32, limit: Int
  ) async throws(PostgresError) -> [SnapshotEntry] {
    let members = Int32(clamping: snapshot.contents?.members ?? 0)
    let find = FindFirstPlace(snapshot: snapshot.number, rank: rank, members: members)
    guard let place = try await pool.first(find) else { return [] }
    return try await entries(of: snapshot.number, after: place - 1, limit: limit)
  }

  /// All of them, in order, a page at a time: nothing waits in Postgres while somebody reads.
  package func stream(
    _ snapshot: SnapshotNumber, pageSize: Int = 1_000,
    _ body: ([SnapshotEntry]) async throws(PostgresError) -> Void
  ) async throws(PostgresError) {
    var last: Int32 = 0
    while true {
      let page = try await entries(of: snapshot, after: last, limit: pageSize)
      if !page.isEmpty { try await body(page) }
      guard page.count == pageSize, let place = page.last?.place else { return }
      last = place
    }
  }

  // MARK: Users

  /// Nil for whoever is not in it.
  package func standing(
    of user: UserID, in snapshot: SnapshotNumber
  ) async throws(PostgresError) -> SnapshotEntry? {
    try await pool.first(FindSnapshotRanks(snapshot: snapshot, users: [user]))
  }

  /// Those of the users that are in it; no user twice.
  package func standings(
    of users: [UserID], in snapshot: SnapshotNumber
  ) async throws(PostgresError) -> [SnapshotEntry] {
    guard !users.isEmpty else { return [] }
    return try await pool.query(FindSnapshotRanks(snapshot: snapshot, users: users))
  }

  /// The user's ranks, the newest first, in the newest revisions; snapshots without the user are passed by.
  /// Who is in all of them is read in one step; for others the steps grow.
  package func history(
    of user: UserID, on board: BoardOfType, purpose: SnapshotPlan.Purpose? = nil,
    before: SnapshotCursor = .newest, limit: Int
  ) async throws(PostgresError) -> [PastRank] {
    var found: [PastRank] = []
    var cursor = before
    var step = limit
    while found.count < limit {
      let looked = try await pool.query(
        ReadRankHistory(board: board, purpose: purpose, user: user, before: cursor, limit: step))
      found += looked.compactMap(\.rank).prefix(limit - found.count)
      guard looked.count == step, let last = looked.last else { break }
      cursor = last.cursor
      step = min(step * 4, Self.stepMax)
    }
    return found
  }

  /// The user's best rank ever in the newest revisions, the first time it was had; nil for whoever was in
  /// none.
  package func best(
    of user: UserID, on board: BoardOfType, purpose: SnapshotPlan.Purpose? = nil
  ) async throws(PostgresError) -> PastRank? {
    try await pool.first(FindBestRank(board: board, purpose: purpose, user: user))
  }

  // MARK: Two snapshots, and one against itself, or the ledger

  /// Of how many members the ledger says something else than this, which was read of a mirror.
  package func drift(of snapshot: Snapshot) async throws(PostgresError) -> Int64 {
    try await pool.first(CountDriftedMembers(snapshot: snapshot.number)) ?? 0
  }

  /// Who came, went and moved, in the order of user ids; looks at so many users.
  package func differences(
    from before: SnapshotNumber, to after: SnapshotNumber, behind user: UserID? = nil, limit: Int
  ) async throws(PostgresError) -> SnapshotDifferences {
    let looked = try await pool.query(
      CompareSnapshots(before: before, after: after, behind: user, limit: limit))
    let last = looked.count < limit ? nil : looked.last.flatMap { ($0.before ?? $0.after)?.user }
    return SnapshotDifferences(changes: looked.filter(\.isChange), nextAfter: last)
  }

  /// What the stored entries come to now: what the row says, unless somebody went round the database's
  /// guards.
  package func contents(of snapshot: SnapshotNumber) async throws(PostgresError) -> Snapshot.Contents {
    guard let contents = try await pool.first(SumSnapshot(number: snapshot)) else {
      throw .unexpectedRowCount(0)
    }
    return contents
  }
}

// Snapshots as they are shown to people, each in one question.
package import Ledger
package import PostgresClient

extension SnapshotReader {
  /// In order, those behind the place.
  package func namedEntries(
    of snapshot: Snapshot, after place: Int32 = 0, limit: Int
  ) async throws(PostgresError) -> [NamedEntry] {
    try await pool.query(
      ReadNamedEntries(
        snapshot: snapshot.number, pointType: snapshot.plan.board.pointType, after: place, limit: limit))
  }

  /// Those of the users that are in it; no user twice.
  package func namedStandings(
    of users: [UserID], in snapshot: Snapshot
  ) async throws(PostgresError) -> [NamedEntry] {
    let entries = try await standings(of: users, in: snapshot.number)
    guard !entries.isEmpty else { return [] }
    let keys = entries.map { AccountKey(user: $0.user, pointType: snapshot.plan.board.pointType) }
    let accounts = try await pool.query(ReadNamedAccounts(keys: keys))
    let names = Dictionary(accounts.map { ($0.account.key.user, $0.displayName) }) { $1 }
    return entries.map { NamedEntry($0, displayName: names[$0.user] ?? nil) }
  }

  /// The first place whose rank is this or behind it; one behind the last if there is none.
  package func place(ofRank rank: Int32, in snapshot: Snapshot) async throws(PostgresError) -> Int32 {
    let members = Int32(clamping: snapshot.contents?.members ?? 0)
    let find = FindFirstPlace(snapshot: snapshot.number, rank: rank, members: members)
    return try await pool.first(find) ?? members + 1
  }

  /// The first place whose score is this or a worse one; one behind the last if there is none.
  package func place(ofScore score: Int64, in snapshot: Snapshot) async throws(PostgresError) -> Int32 {
    let members = Int32(clamping: snapshot.contents?.members ?? 0)
    return try await pool.first(FindPlaceOfScore(snapshot: snapshot, score: score)) ?? members + 1
  }
}

// What is read of revisions: the line of a snapshot, what was changed in it, and which is the newest.
package import Ledger
package import PostgresClient

extension SnapshotReader {
  /// So many of a line are told at once, with up to a thousand changes each.
  package static let revisionsMax = 25

  /// The line that a snapshot is in, the newest first, down to the original; those below a revision.
  package func revisions(
    of snapshot: Snapshot, below revision: Int32 = .max, limit: Int = revisionsMax
  ) async throws(PostgresError) -> [SnapshotRevision] {
    let rows = try await pool.query(
      ReadRevisions(original: snapshot.plan.original, below: revision, limit: limit))
    let numbers = rows.map(\.snapshot.number)
    guard !numbers.isEmpty else { return [] }
    let found = try await pool.query(ReadChanges(numbers: numbers))
    let changes = Dictionary(grouping: found, by: \.number)
    return rows.map { row in
      SnapshotRevision(
        snapshot: row.snapshot, why: row.why, actor: row.actor,
        changes: (changes[row.snapshot.number] ?? []).map(\.change))
    }
  }

  /// What one revision changed of the snapshot before it, in the order of user ids; nothing for an original.
  package func changes(of revision: SnapshotNumber) async throws(PostgresError) -> [SnapshotChange] {
    try await pool.query(ReadChanges(numbers: [revision])).map(\.change)
  }

  /// The one by which the line that a snapshot is in is shown: itself where it was never revised.
  package func newest(of snapshot: Snapshot) async throws(PostgresError) -> Snapshot {
    try await pool.first(FindNewestRevision(original: snapshot.plan.original)) ?? snapshot
  }

  /// What was changed of a user from the original up to a snapshot, in that order.
  package func fixes(
    of user: UserID, in snapshot: Snapshot
  ) async throws(PostgresError) -> [SnapshotFix] {
    guard snapshot.plan.revises != nil else { return [] }
    return try await pool.query(
      ReadFixes(original: snapshot.plan.original, until: snapshot.plan.revision, user: user))
  }
}

extension PostgresTransaction {
  /// What stands in the line before a snapshot, the nearest first, and behind it. Under a lock on the row of
  /// the snapshot nothing comes to stand behind it.
  func line(
    around snapshot: Snapshot
  ) async throws(PostgresError) -> (earlier: [SnapshotID], later: [SnapshotID]) {
    let line = try await query(ListLine(original: snapshot.plan.original))
    let revision = snapshot.plan.revision
    return (
      line.filter { $0.revision < revision }.reversed().map(\.id),
      line.filter { $0.revision > revision }.map(\.id)
    )
  }
}

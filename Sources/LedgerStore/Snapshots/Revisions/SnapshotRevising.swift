// Mending a result after it was stored: out of a snapshot another is made, without those who are disqualified
// and with the scores that were wrong set right, and ranked anew. What was stored stays as it is. Row,
// changes, entries and the note of who did it are one transaction: whatever ends it before its commit leaves
// nothing, and after it the period is shown by the new one.
package import Ledger
package import PostgresClient

/// Used on the loop of its pool only. The sessions of the pool must have the time that it takes
/// (`PostgresConnectionOptions.settleSnapshots`).
package struct SnapshotRevising: Sendable {
  package enum Outcome: Sendable, Equatable {
    case revised(Snapshot)
    /// The same was made before.
    case replayed(Snapshot)
    /// It was revised otherwise meanwhile; this is the newest.
    case superseded(by: Snapshot)
    /// It is not complete, or not any more.
    case unreadable(Snapshot)
    /// These are not in it. Nothing was done.
    case unknown([UserID])
    case nothingToChange
    case notFound
  }

  /// How far it is; for whoever looks on.
  package enum Step: Sendable, CaseIterable {
    case begun, ranked, indexed, sealed
  }

  /// At most so many are changed by one revision.
  package static let correctionsMax = 1_000
  /// The longest `why`, in bytes.
  package static let whyBytesMax = 1_024

  private let pool: PostgresPool
  private let passed: @Sendable (Step) async -> Void

  package init(pool: PostgresPool, passed: @escaping @Sendable (Step) async -> Void = { _ in }) {
    self.pool = pool
    self.passed = passed
  }

  /// Makes the next of the line. No user twice; at least one, and no more than `correctionsMax`.
  package func revise(
    _ id: SnapshotID, with corrections: [SnapshotCorrection], because why: String, by actor: Actor
  ) async throws(PostgresError) -> Outcome {
    precondition(
      1...Self.correctionsMax ~= corrections.count, "So many corrections are not made by one revision.")
    let revision = SnapshotID(revising: id, by: corrections)
    return try await pool.transaction { transaction throws(PostgresError) in
      // Whoever revises the same waits here, and then finds what became of it.
      guard let before = try await transaction.first(LockForRevision(id: id)) else { return .notFound }
      if let same = try await transaction.first(FindSnapshot(id: revision)) { return .replayed(same) }
      let newest = try await transaction.first(FindNewestRevision(original: before.plan.original))
      if let newest, newest.id != id { return .superseded(by: newest) }
      guard before.isComplete else { return .unreadable(before) }
      let draft = try await Self.draft(corrections, of: before, in: transaction)
      guard draft.unknown.isEmpty else { return .unknown(draft.unknown) }
      guard !draft.changes.isEmpty else { return .nothingToChange }
      let begin = BeginRevision(id: revision, before: id, why: why, actor: actor)
      return .revised(try await make(begin, draft.changes, of: before, by: actor, in: transaction))
    }
  }

  // MARK: Parts

  /// What the corrections change, and whom they name though they are not in it.
  private static func draft(
    _ corrections: [SnapshotCorrection], of snapshot: Snapshot, in transaction: PostgresTransaction
  ) async throws(PostgresError) -> (changes: [SnapshotChange], unknown: [UserID]) {
    let sorted = corrections.sorted { $0.user < $1.user }
    let found = try await transaction.query(
      FindSnapshotRanks(snapshot: snapshot.number, users: sorted.map(\.user)))
    let entries = Dictionary(found.map { ($0.user, $0) }) { $1 }
    let changes = sorted.compactMap { correction in
      entries[correction.user].flatMap { correction.change(of: $0) }
    }
    return (changes, sorted.map(\.user).filter { entries[$0] == nil })
  }

  private func make(
    _ begin: BeginRevision, _ changes: [SnapshotChange], of before: Snapshot, by actor: Actor,
    in transaction: PostgresTransaction
  ) async throws(PostgresError) -> Snapshot {
    guard let number = try await transaction.first(begin) else { throw .unexpectedRowCount(0) }
    try await transaction.execute(InsertChanges(number: number, changes: changes))
    await passed(.begun)
    try await transaction.execute(RankRevision(of: before, number: number))
    await passed(.ranked)
    try await transaction.execute(IndexSnapshot(number: number))
    await passed(.indexed)
    guard let sealed = try await transaction.first(CompleteSnapshot(number: number)) else {
      throw .unexpectedRowCount(0)
    }
    let note = AuditNote.revised(before, to: sealed, changes, because: begin.why, by: actor)
    _ = try await transaction.query(InsertAudit(note: note))
    await passed(.sealed)
    return sealed
  }
}

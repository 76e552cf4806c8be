// Whatever the ledger decides by is changed under the definitions lock, held exclusively: the lock that every
// writing transaction holds shared. So nobody decides by a definition while it changes, and when the change
// is committed the generation says to everybody that there was one. What a person decided is noted with it.
import Ledger
import PostgresClient

/// One worker's way to change definitions; used on its loop only.
struct Definitions: Sendable {
  let pool: PostgresPool
  /// The worker's own, which learns of these changes at once.
  let catalog: PointTypeCatalog

  /// What came of a change.
  struct Change<Outcome: Sendable>: Sendable {
    let outcome: Outcome
    let isMade: Bool
    let notes: [AuditNote]

    /// All is as it was; what was written is taken back.
    static func nothing(_ outcome: Outcome) -> Self { Self(outcome: outcome, isMade: false, notes: []) }

    static func made(_ outcome: Outcome, noting notes: [AuditNote] = []) -> Self {
      Self(outcome: outcome, isMade: true, notes: notes)
    }
  }

  /// Who cannot have the definitions alone soon gives up: all who write wait behind whoever waits for that.
  func change<Outcome: Sendable>(
    _ body: (PostgresTransaction) async throws(PostgresError) -> Change<Outcome>
  ) async throws(PostgresError) -> Outcome {
    let change = try await pool.transactionTriedTwice { transaction throws(PostgresError) in
      _ = try await transaction.pipeline(LimitLockWait(), HoldDefinitionsAlone())
      let change = try await body(transaction)
      guard change.isMade else {
        transaction.giveUp()
        return change
      }
      for note in change.notes { _ = try await transaction.query(InsertAudit(note: note)) }
      _ = try await transaction.commit(with: RaiseGeneration())
      return change
    }
    // The change stands, whether or not it can be read back just now; the next look finds it.
    if change.isMade { try? await catalog.load(from: pool) }
    return change.outcome
  }
}

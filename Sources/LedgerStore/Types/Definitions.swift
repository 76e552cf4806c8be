// Whatever the ledger decides by is changed under the definitions lock, held exclusively: the lock that every
// writing transaction holds shared. So nobody decides by a definition while it changes, and when the change
// is committed the generation says to everybody that there was one. What a person decided is noted with it.
import EventLoop
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

  /// How often who is asked by somebody tries before it is refused.
  private static let attempts = 4
  /// As long as each of them may hold up all who write, these go on before the next.
  private static let pause = Duration.milliseconds(500)

  /// Who cannot have the definitions alone soon gives up, since all who write wait behind whoever waits for
  /// that. It comes again after a pause: one transaction that takes long is no reason to refuse a change. The
  /// body may be run as often.
  func change<Outcome: Sendable>(
    _ body: (PostgresTransaction) async throws(PostgresError) -> Change<Outcome>
  ) async throws(PostgresError) -> Outcome {
    for _ in 1..<Self.attempts {
      do throws(PostgresError) { return try await changeUnlessHeld(body) } catch {
        guard error.state == .lockNotAvailable, (try? await pool.loop.sleep(for: Self.pause)) != nil else {
          throw error
        }
      }
    }
    return try await changeUnlessHeld(body)
  }

  /// The same for whoever comes again by itself: one attempt.
  func changeUnlessHeld<Outcome: Sendable>(
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

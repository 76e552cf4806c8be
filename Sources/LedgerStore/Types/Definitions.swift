// Whatever the ledger decides by is changed under the definitions lock, held exclusively: the lock that every
// writing transaction holds shared. So nobody decides by a definition while it changes, and when the change
// is committed the generation says to everybody that there was one.
import Ledger
import PostgresClient

/// One worker's way to change definitions; used on its loop only.
struct Definitions: Sendable {
  let pool: PostgresPool
  /// The worker's own, which learns of these changes at once.
  let catalog: PointTypeCatalog

  /// Who cannot have the definitions alone soon gives up: all who write wait behind whoever waits for that.
  func change<Outcome: Sendable>(
    _ body: (PostgresTransaction) async throws(PostgresError) -> (Outcome, changesNothing: Bool)
  ) async throws(PostgresError) -> Outcome {
    let (outcome, changesNothing) = try await pool.transactionTriedTwice {
      transaction throws(PostgresError) in
      _ = try await transaction.pipeline(LimitLockWait(), HoldDefinitionsAlone())
      let result = try await body(transaction)
      if result.changesNothing {
        transaction.giveUp()
      } else {
        _ = try await transaction.commit(with: RaiseGeneration())
      }
      return result
    }
    // The change stands, whether or not it can be read back just now; the next look finds it.
    if !changesNothing { try? await catalog.load(from: pool) }
    return outcome
  }
}

// The terms by which the rules of a scope are applied, as admins set them: versioned as the rules are, and
// changed under the same lock.
import Ledger
package import PostgresClient
import Rewards

/// One worker's way to change terms; used on its loop only.
package struct RewardTermsStore: Sendable {
  private let pool: PostgresPool
  /// Who decides.
  private let actor: Actor

  package init(pool: PostgresPool, actor: Actor = .configuration) {
    self.pool = pool
    self.actor = actor
  }

  /// The same, in somebody's name.
  package func acting(for actor: Actor) -> RewardTermsStore { RewardTermsStore(pool: pool, actor: actor) }

  /// In the place of those that the scope had. The traits were checked by the caller.
  package func set(
    _ traits: RewardTermsTraits, in place: NamedRewardScope
  ) async throws(PostgresError) -> RewardTermsSaving {
    do throws(PostgresError) {
      return try await pool.transaction { transaction throws(PostgresError) in
        let now = try await transaction.holdRewards()
        let before = try await present(place.scope, at: now, in: transaction)
        if let before, before.traits == traits { return .saved(before) }
        let validity = RewardValidity(from: now, decidedBy: actor.name)
        let insert = InsertRewardTerms(
          id: UUIDBits.random(), scope: place.scope, traits: traits, validity: validity)
        let (_, _, _, _) = try await transaction.pipeline(
          EndRewardTerms(scope: place.scope, at: now, actor: actor), insert,
          InsertRewardBudgets(id: insert.id, budgets: traits.terms.budgets),
          InsertAudit(note: .set(traits, of: place, instead: before?.traits, by: actor)))
        guard let saved = try await present(place.scope, at: now, in: transaction) else {
          throw .unexpectedRowCount(0)
        }
        return .saved(saved)
      }
    } catch {
      guard error.state == .foreignKeyViolation else { throw error }
      return .typeGone
    }
  }

  /// A board then has the terms of its type, and a type those that hold where nothing is said. False if the
  /// scope has none of its own.
  package func remove(_ scope: RewardScope) async throws(PostgresError) -> Bool {
    try await pool.transaction { transaction throws(PostgresError) in
      let now = try await transaction.holdRewards()
      guard let before = try await present(scope, at: now, in: transaction) else { return false }
      _ = try await transaction.query(EndRewardTerms(scope: scope, at: now, actor: actor))
      _ = try await transaction.query(
        InsertAudit(note: .removed(before.traits, of: before.place, by: actor)))
      return true
    }
  }

  private func present(
    _ scope: RewardScope, at now: Instant, in transaction: PostgresTransaction
  ) async throws(PostgresError) -> RewardTermsVersion? {
    try await transaction.first(
      ListRewardTerms(instant: now, pointType: scope.pointType, boards: [scope.board ?? ""]))
  }
}

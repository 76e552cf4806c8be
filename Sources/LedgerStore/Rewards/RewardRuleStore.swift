// The rules as admins make them. Nothing is overwritten: a change ends what a rule said, and says what it
// says from now on; so it can be asked for at any time what held at any other. Changes come one after the
// other, under one lock: two writers at once would each find no overlap with what the other is about to add.
import Ledger
package import PostgresClient
package import Rewards

/// One worker's way to change rules; used on its loop only.
package struct RewardRuleStore: Sendable {
  /// How many rules there may be of one scope, and in all.
  package static let mostOfScope: Int64 = 500
  package static let most: Int64 = 2_000

  private let pool: PostgresPool
  /// Who decides.
  private let actor: Actor

  package init(pool: PostgresPool, actor: Actor = .configuration) {
    self.pool = pool
    self.actor = actor
  }

  /// The same, in somebody's name.
  package func acting(for actor: Actor) -> RewardRuleStore { RewardRuleStore(pool: pool, actor: actor) }

  /// The traits were checked by the caller.
  package func create(
    _ traits: RewardRuleTraits, in place: NamedRewardScope
  ) async throws(PostgresError) -> RewardRuleSaving {
    try await change { transaction, now throws(PostgresError) in
      let count = try await transaction.first(CountRewardRules(scope: place.scope))
      guard let count else { throw .unexpectedRowCount(0) }
      guard count.ofScope < Self.mostOfScope else { return .tooMany(most: Self.mostOfScope, ofScope: true) }
      guard count.inAll < Self.most else { return .tooMany(most: Self.most, ofScope: false) }
      let version = RewardRuleVersion(
        id: RewardRuleID(UUIDBits.random()), revision: 1, place: place, traits: traits,
        validity: RewardValidity(from: now, decidedBy: actor.name))
      return try await save(version, instead: nil, in: transaction)
    }
  }

  /// The closure is given what the rule says under the lock, so that two changes of different traits both
  /// count; nil where it wants none. It may run twice.
  package func update(
    _ id: RewardRuleID, _ edit: @Sendable (inout RewardRuleTraits) throws(ImpossibleReward) -> Void
  ) async throws(PostgresError) -> RewardRuleSaving {
    try await change { transaction, now throws(PostgresError) in
      guard let before = try await transaction.first(FindRewardRule(id: id, instant: now)) else {
        return .notFound
      }
      var traits = before.traits
      do throws(ImpossibleReward) { try edit(&traits) } catch { return .impossible }
      guard traits.isPossible else { return .impossible }
      let version = RewardRuleVersion(
        id: id, revision: before.revision + 1, place: before.place, traits: traits,
        validity: RewardValidity(from: now, decidedBy: actor.name))
      return try await save(version, instead: before, in: transaction)
    }
  }

  /// It holds no more; what it said stays to be read. False if there is none, or it was removed before.
  package func remove(_ id: RewardRuleID) async throws(PostgresError) -> Bool {
    try await pool.transaction { transaction throws(PostgresError) in
      let now = try await transaction.holdRewards()
      guard let rule = try await transaction.first(FindRewardRule(id: id, instant: now)) else { return false }
      _ = try await transaction.query(EndRewardRule(id: id, at: now, actor: actor))
      _ = try await transaction.query(InsertAudit(note: .removed(rule, by: actor)))
      return true
    }
  }

  // MARK: Under the lock

  /// What is refused leaves nothing behind.
  private func change(
    _ body: (PostgresTransaction, Instant) async throws(PostgresError) -> RewardRuleSaving
  ) async throws(PostgresError) -> RewardRuleSaving {
    do throws(PostgresError) {
      return try await pool.transaction { transaction throws(PostgresError) in
        let outcome = try await body(transaction, try await transaction.holdRewards())
        if case .saved = outcome { return outcome }
        transaction.giveUp()
        return outcome
      }
    } catch {
      guard error.state == .foreignKeyViolation else { throw error }
      return .typeGone
    }
  }

  private func save(
    _ version: RewardRuleVersion, instead before: RewardRuleVersion?, in transaction: PostgresTransaction
  ) async throws(PostgresError) -> RewardRuleSaving {
    let scope = version.scope
    let present = try await transaction.query(
      ListRewardRules(
        instant: version.validity.from, pointType: scope.pointType, boards: [scope.board ?? ""],
        isActive: true))
    let others = present.filter { $0.id != version.id }
    let coverage = RewardCoverage(of: others.map(\.rule) + (version.traits.isActive ? [version.rule] : []))
    guard coverage.overlaps.isEmpty else {
      return .overlaps(coverage.overlaps.compactMap { RewardOverlap($0, of: version.id, with: others) })
    }
    if let before {
      guard !version.traits.isSame(as: before.traits) else { return .saved(before, gaps: coverage.gaps) }
      _ = try await transaction.query(
        EndRewardRule(id: version.id, at: version.validity.from, actor: actor))
    }
    _ = try await transaction.pipeline(
      InsertRewardRule(version: version), InsertRuleAmounts(version: version),
      InsertAudit(note: .saved(version, instead: before, by: actor)))
    return .saved(version, gaps: coverage.gaps)
  }
}

extension RewardOverlap {
  /// Nil where both are others, which were let pass before.
  init?(_ overlap: RewardCoverage.Overlap, of id: RewardRuleID, with others: [RewardRuleVersion]) {
    let otherID = overlap.one == id ? overlap.other : overlap.one
    guard let other = others.first(where: { $0.id == otherID }) else { return nil }
    self.init(other: other, common: overlap.common, isOfShares: overlap.isOfShares)
  }
}

extension PostgresTransaction {
  /// Waits for its turn to change rewards, and keeps it until the transaction ends. Answers the instant of
  /// the change: a later one than any before.
  func holdRewards() async throws(PostgresError) -> Instant {
    let (_, clock) = try await pipeline(HoldRewards(), ReadRewardClock())
    guard let now = clock.first else { throw .unexpectedRowCount(0) }
    return now
  }
}

// What rewards held at an instant, of now or of the past. Whoever asks waits for the changes that are under
// way, and asks for no later instant than that: so the answer for an instant is the same whenever it is asked
// for, and a rule that is edited after a close does not touch that close's payout.
package import Ledger
package import PostgresClient
package import Rewards

/// One worker's, used on its loop only.
package struct RewardReader: Sendable {
  package static let versionsMax: Int64 = 500

  private let pool: PostgresPool

  package init(pool: PostgresPool) {
    self.pool = pool
  }

  /// What a snapshot of the board is paid by, as it held at the instant, or as it holds now; nil where nobody
  /// is rewarded. An instant that is yet to come counts as now.
  package func set(
    for pointType: PointTypeID, board: String, at instant: Instant? = nil
  ) async throws(PostgresError) -> RewardSet? {
    try await pool.transaction { transaction throws(PostgresError) in
      try await Self.set(for: pointType, board: board, at: instant, in: transaction)
    }
  }

  /// The same in a transaction, which must see at each statement what is committed; it holds no lock
  /// afterwards.
  package static func set(
    for pointType: PointTypeID, board: String, at instant: Instant? = nil, in transaction: PostgresTransaction
  ) async throws(PostgresError) -> RewardSet? {
    let instant = try await settled(instant, in: transaction)
    let boards = [board, ""]
    let (rules, terms) = try await transaction.pipeline(
      ListRewardRules(instant: instant, pointType: pointType, boards: boards, isActive: true),
      ListRewardTerms(instant: instant, pointType: pointType, boards: boards))
    return RewardSet(for: pointType, board: board, at: instant, rules: rules, terms: terms)
  }

  /// Whether what is planned for the board waits for an approval, as things are now; in a transaction as
  /// above.
  static func wantsApproval(
    for pointType: PointTypeID, board: String, in transaction: PostgresTransaction
  ) async throws(PostgresError) -> Bool {
    let now = try await settled(nil, in: transaction)
    let terms = try await transaction.query(
      ListRewardTerms(instant: now, pointType: pointType, boards: [board, ""]))
    let own = terms.first { $0.scope == RewardScope(pointType: pointType, board: board) }
    return (own ?? terms.first)?.traits.needsApproval ?? false
  }

  // MARK: Rules

  /// Those of a scope together, ranks before shares, the best first.
  package func rules(
    of pointType: PointTypeID? = nil, boards: [String]? = nil, active isActive: Bool? = nil,
    at instant: Instant? = nil
  ) async throws(PostgresError) -> RewardsAt<RewardRuleVersion> {
    try await pool.transaction { transaction throws(PostgresError) in
      let instant = try await Self.settled(instant, in: transaction)
      let held = try await transaction.query(
        ListRewardRules(instant: instant, pointType: pointType, boards: boards, isActive: isActive))
      return RewardsAt(instant: instant, held: held)
    }
  }

  /// Nil if there is none, or there was none then.
  package func rule(
    _ id: RewardRuleID, at instant: Instant? = nil
  ) async throws(PostgresError) -> RewardRuleVersion? {
    try await pool.transaction { transaction throws(PostgresError) in
      let instant = try await Self.settled(instant, in: transaction)
      return try await transaction.first(FindRewardRule(id: id, instant: instant))
    }
  }

  /// What it says and said, the newest first; empty if there was never such a rule.
  package func versions(
    of id: RewardRuleID, before revision: Int32 = .max, limit: Int64 = versionsMax
  ) async throws(PostgresError) -> [RewardRuleVersion] {
    try await pool.query(ListRuleVersions(id: id, before: revision, limit: limit))
  }

  // MARK: Terms

  /// Those that were ever said; whatever scope has none is not in it.
  package func terms(
    of pointType: PointTypeID? = nil, boards: [String]? = nil, at instant: Instant? = nil
  ) async throws(PostgresError) -> RewardsAt<RewardTermsVersion> {
    try await pool.transaction { transaction throws(PostgresError) in
      let instant = try await Self.settled(instant, in: transaction)
      let held = try await transaction.query(
        ListRewardTerms(instant: instant, pointType: pointType, boards: boards))
      return RewardsAt(instant: instant, held: held)
    }
  }

  /// The instant, or now: one at which nothing changes any more.
  static func settled(
    _ instant: Instant?, in transaction: PostgresTransaction
  ) async throws(PostgresError) -> Instant {
    guard let now = try await transaction.first(AwaitRewardChanges()) else { throw .unexpectedRowCount(0) }
    return instant.map { min($0, now) } ?? now
  }
}

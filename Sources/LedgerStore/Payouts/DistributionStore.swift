// Payouts, from the plan to whoever says yes or no to it. A plan is stored with all its lines in one
// transaction, and from then on nothing of it changes: whether it is paid is only a question of time.
package import Cryptography
package import Ledger
package import PostgresClient
package import Rewards

/// Used on the loop of its pool only. The sessions of the pool must have the time that planning takes
/// (`PostgresConnectionOptions.settleSnapshots`).
package struct DistributionStore: Sendable {
  /// By the rules of which instant ranks are to be paid.
  package enum Choice: Sendable, Equatable {
    /// Of that which is the ranks' own.
    case own
    /// Of this one. Whoever may not choose is refused it, unless it is their own.
    case of(Instant, mayChoose: Bool)
  }

  /// By what ranks are paid.
  package struct Terms: Sendable, Equatable {
    package let rules: [RewardRule]
    package let terms: RewardTerms
    package internal(set) var needsApproval: Bool
    package let at: Instant
    /// Where somebody has chosen another: what would have been the ranks' own.
    package let insteadOf: Instant?

    package init(
      rules: [RewardRule], terms: RewardTerms, needsApproval: Bool, at: Instant, insteadOf: Instant? = nil
    ) {
      self.rules = rules
      self.terms = terms
      self.needsApproval = needsApproval
      self.at = at
      self.insteadOf = insteadOf
    }
  }

  package enum Preview: Sendable, Equatable {
    /// Also who of the winners is disabled, and would be refused.
    case planned(PayoutPlan, Terms, refusable: [UserID])
    case refused(PlanRefusal)
  }

  package enum Creation: Sendable, Equatable {
    case created(Distribution)
    /// There is one for these ranks.
    case present(Distribution)
    case refused(PlanRefusal)
    /// The plan is another by now.
    case stale(Digest)
  }

  /// Why ranks cannot be paid for.
  package enum PlanRefusal: Error, Sendable, Equatable {
    case plan(PayoutPlanner.Refusal)
    /// They are not complete, or not any more.
    case unreadable(Snapshot)
    /// They were corrected; only the newest revision is paid for.
    case superseded(by: SnapshotID)
    /// What was planned for an earlier revision is not at its end.
    case unsettled(DistributionID)
    /// Whoever asked may not choose by the rules of when they are paid.
    case notToBeChosen(own: Instant)
    /// No rule was active at that instant.
    case noRules
    /// No rule rewards anybody.
    case nothingToPay
  }

  let pool: PostgresPool
  /// So many ranks are read by one statement.
  let page: Int

  package init(pool: PostgresPool, page: Int = 5_000) {
    self.pool = pool
    self.page = page
  }

  package func distribution(_ id: DistributionID) async throws(PostgresError) -> Distribution? {
    try await pool.first(FindDistribution(id: id))
  }

  /// The one for the ranks that is not rejected.
  package func present(for snapshot: SnapshotID) async throws(PostgresError) -> Distribution? {
    try await pool.first(FindDistributionOfSnapshot(snapshot: snapshot))
  }

  /// Whether anything is given, or to be given, for ranks or for one of their revisions.
  package func isPlannedFor(lineOf original: SnapshotID) async throws(PostgresError) -> Bool {
    for one in try await pool.query(ListLine(original: original)) {
      if let found = try await present(for: one.id), found.legs > 0 { return true }
    }
    return false
  }

  /// The last planned first; of a snapshot or a point type only, those below a number.
  package func list(
    of pointType: PointTypeID? = nil, for snapshot: SnapshotID? = nil, in phases: [Distribution.Phase] = [],
    before number: Int32 = .max, limit: Int
  ) async throws(PostgresError) -> [Distribution] {
    try await pool.query(
      ListDistributions(
        pointType: pointType, snapshot: snapshot, phases: phases, before: number, limit: limit))
  }

  package func sums(of distribution: Distribution) async throws(PostgresError) -> [PayoutSum] {
    try await pool.query(ReadDistributionSums(number: distribution.number))
  }

  /// Its lines, with what became of each.
  package func paidLegs(
    of distribution: Distribution, after leg: Int32 = 0, limit: Int
  ) async throws(PostgresError) -> [PaidLeg] {
    try await pool.query(ReadPaidLegs(number: distribution.number, after: leg, limit: limit))
  }

  /// The same with all that a report tells of them; scores only while the ranks have their entries.
  package func reportedLegs(
    of distribution: Distribution, for snapshot: Snapshot, after leg: Int32 = 0, limit: Int
  ) async throws(PostgresError) -> [ReportedLeg] {
    try await pool.query(
      ReadReportLegs(
        number: distribution.number, after: leg, limit: limit,
        snapshot: snapshot.isComplete ? snapshot.number : nil))
  }

  /// Of which payout a transaction is a line, and which; nil for any other transaction.
  package func line(
    of transaction: TransactionID
  ) async throws(PostgresError) -> (distribution: Distribution, leg: PaidLeg)? {
    guard let found = try await pool.first(FindLineOfTransaction(transaction: transaction)),
      let distribution = try await distribution(found.distribution),
      let leg = try await paidLegs(of: distribution, after: found.leg - 1, limit: 1).first
    else { return nil }
    return (distribution, leg)
  }
}

// Payouts that nobody has to ask for: closed periods of boards whose terms said so at the end of the period.
// Each is planned once; one that cannot be leaves a payout that failed, with the reason, and is for somebody
// to look at. A period in which nobody won anything is no such trouble: its payout has no lines, and is paid.
package import Ledger
package import PostgresClient
import Rewards

/// Used on the loop of its pools only.
package struct AutomaticPayouts: Sendable {
  package struct Outcome: Sendable, Equatable {
    package var planned = 0
    package var refused = 0
  }

  /// As whom the ledger and the audit know it.
  package static let actor = (
    service: ServiceID(UUIDBits(high: 0x7000, low: 0x8000_706F_696E_7473)), name: "points payouts"
  )

  private static let closesAtOnce = 16

  private let pool: PostgresPool
  private let planning: DistributionStore
  private let postingIDs: @Sendable () -> PostingID

  /// `planning` has sessions that have the time it takes (`PostgresConnectionOptions.settleSnapshots`).
  package init(pool: PostgresPool, planning: PostgresPool, postingIDs: @escaping @Sendable () -> PostingID) {
    self.pool = pool
    self.planning = DistributionStore(pool: planning)
    self.postingIDs = postingIDs
  }

  package func runOnce() async throws(PostgresError) -> Outcome {
    var outcome = Outcome()
    for close in try await pool.query(ListUnplannedCloses(limit: Self.closesAtOnce)) {
      guard !Task.isCancelled else { break }
      try await plan(close, &outcome)
    }
    return outcome
  }

  private func plan(_ close: Snapshot, _ outcome: inout Outcome) async throws(PostgresError) {
    let creation = try await planning.create(
      DistributionID(UUIDBits.random()), for: close, evenOfNothing: true, asked: Self.actor,
      postingIDs: postingIDs)
    switch creation {
    case .created: outcome.planned += 1
    case .present, .stale: break
    // It was corrected, or its time was over, since it was listed: it is not listed again.
    case .refused(.superseded), .refused(.unreadable): break
    case .refused(let refusal):
      outcome.refused += 1
      try await planning.note(failureOf: close, refusal.words, by: Self.actor)
    }
  }
}

extension DistributionStore {
  /// A payout that could not be planned; nothing of it is paid, and another may be planned in its place.
  fileprivate func note(
    failureOf snapshot: Snapshot, _ reason: String, by actor: (service: ServiceID, name: String)
  ) async throws(PostgresError) {
    let plan = PayoutPlan(
      of: snapshot, legs: [], sums: [], winners: 0, tiedScores: 0, tiedUsers: 0, isCorrection: false)
    let terms = Terms(
      rules: [], terms: .init(), needsApproval: false, at: snapshot.plan.asOf ?? snapshot.beganAt)
    _ = try await pool.first(
      InsertDistribution(
        id: DistributionID(UUIDBits.random()), snapshot: snapshot, plan: plan, terms: terms, asked: actor,
        failure: reason))
  }
}

extension DistributionStore.PlanRefusal {
  fileprivate var words: String {
    switch self {
    case .notToBeChosen: "nobody may choose the rules"
    case .noRules: "no active rule rewarded the board then"
    case .nothingToPay: "no rule rewards anybody"
    case .unreadable: "the ranks are gone"
    case .superseded(let newest): "the ranks were corrected by \(newest)"
    case .unsettled(let id): "the payout \(id) is not at its end"
    case .plan(.overBudget(let type, let excess)):
      "\(excess) more of \(type) would be given than the budget allows"
    case .plan(.tooManyLegs): "there are more winners than are paid at once"
    case .plan(.tooLarge(let user, let type)): "\(user) would be given more of \(type) than 64 bits can hold"
    }
  }
}

// What a report tells of the payout as a whole. Nothing in it changes while the payout rests: so the same
// report asked for twice has the same bytes, and no instant of its making is in it.
import Ledger
import LedgerStore
import Rewards

struct ReportHead: Sendable {
  static let format = "points payout report 1"

  let distribution: Distribution
  /// As it was planned.
  let sums: [PayoutSum]
  let snapshot: Snapshot
  /// As they were in force, by which lines are given.
  let rules: [RewardRuleID: RewardRuleVersion]
  let types: PointTypeCatalog

  func rule(of leg: PayoutLeg) -> RewardRuleVersion? {
    leg.rule.flatMap { rules[$0] }
  }
}

extension ReportedLeg {
  var takesBack: TransactionID? {
    if case .takeBack(let original) = line.leg.change { original } else { nil }
  }
}

// A rule: who is rewarded, and with what.
package import Ledger

package struct RewardRule: Sendable, Equatable {
  package let id: RewardRuleID
  package let reach: RewardReach
  /// One for each point type.
  package let rewards: [Reward]

  package init(_ id: RewardRuleID, _ reach: RewardReach, _ rewards: [Reward]) {
    self.id = id
    self.reach = reach
    self.rewards = rewards
  }
}

package struct RewardRuleID: UUIDIdentifier {
  package let bits: UUIDBits
  package init(_ bits: UUIDBits) { self.bits = bits }
}

/// Who gets what where several have the same score.
package enum TiePolicy: String, Sendable, CaseIterable {
  /// Each of them what the best of their ranks gets.
  case best
  /// What their ranks get together, in equal parts; what is left over goes to the earliest.
  case split
  /// The earliest what the best of their ranks gets, the next what the next rank gets.
  case earliest
}

/// By what all the rules of a board are applied.
package struct RewardTerms: Sendable, Equatable {
  package var ties: TiePolicy
  /// So much of a point type is given away at most; without an entry any amount.
  package var budgets: [PointTypeID: Int64]

  package init(ties: TiePolicy = .best, budgets: [PointTypeID: Int64] = [:]) {
    self.ties = ties
    self.budgets = budgets
  }
}

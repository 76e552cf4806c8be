// What became of a change of rewards.
package import Rewards

package enum RewardRuleSaving: Sendable, Equatable {
  /// What the rule says now, and which ranks or shares no active rule of its scope reaches although one
  /// reaches those behind them.
  case saved(RewardRuleVersion, gaps: [RewardCoverage.Gap])
  /// Nothing was saved: active rules of a scope have no rank in common.
  case overlaps([RewardOverlap])
  case tooMany(most: Int64, ofScope: Bool)
  /// With the change it would be no rule: it would reach nobody, or give nothing.
  case impossible
  /// There is no such rule, or it was removed.
  case notFound
  /// A point type that it names was deleted meanwhile.
  case typeGone
}

/// What a rule would have in common with another.
package struct RewardOverlap: Sendable, Equatable {
  package let other: RewardRuleVersion
  /// Ranks, or hundredths of a percent.
  package let common: ClosedRange<Int64>
  package let isOfShares: Bool
}

/// What is wanted of a rule does not go together with what it says.
package struct ImpossibleReward: Error {
  package init() {}
}

package enum RewardTermsSaving: Sendable, Equatable {
  case saved(RewardTermsVersion)
  case typeGone
}

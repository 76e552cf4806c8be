// What became of a change of rewards.
package import Rewards

package enum RewardRuleSaving: Sendable, Equatable {
  /// What the rule says now, and which ranks or shares no rule of its scope reaches although those behind them
  /// are.
  case saved(RewardRuleVersion, gaps: [RewardCoverage.Gap])
  /// Nothing was saved: active rules of a scope have no rank in common.
  case overlaps([RewardOverlap])
  case tooMany(most: Int64, ofScope: Bool)
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

package enum RewardTermsSaving: Sendable, Equatable {
  case saved(RewardTermsVersion)
  case typeGone
}

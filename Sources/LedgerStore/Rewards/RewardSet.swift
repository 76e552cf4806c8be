// What a snapshot is paid by.
package import Ledger
package import Rewards

package struct RewardSet: Sendable, Equatable {
  /// Whose rules these are: the board's own, or those of its point type.
  package let scope: RewardScope
  /// When they held. What held then does not change any more.
  package let at: Instant
  /// In the order of what they reach, ranks before shares; at least one.
  package let rules: [RewardRule]
  package let terms: RewardTerms
  package let needsApproval: Bool

  /// Rules and terms of a board and of its type, as they held at one instant: what a board has none of its
  /// own of, it has from its type. So terms that a type has for all its boards are not lost where a board has
  /// rules of its own. Nil where nobody is rewarded.
  init?(
    for pointType: PointTypeID, board: String, at instant: Instant, rules: [RewardRuleVersion],
    terms: [RewardTermsVersion]
  ) {
    let own = RewardScope(pointType: pointType, board: board)
    let common = RewardScope(pointType: pointType)
    scope = rules.contains { $0.scope == own } ? own : common
    let chosen = rules.filter { [scope] in $0.scope == scope }
    guard !chosen.isEmpty else { return nil }
    at = instant
    self.rules = chosen.map(\.rule)
    let traits =
      (terms.first { $0.scope == own } ?? terms.first { $0.scope == common })?.traits
      ?? RewardTermsTraits()
    self.terms = traits.terms
    needsApproval = traits.needsApproval
  }
}

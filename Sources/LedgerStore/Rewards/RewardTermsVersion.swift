// The terms of a scope as they were at some time.
package import Rewards

package struct RewardTermsTraits: Sendable, Equatable {
  /// How many budgets there may be.
  package static let budgetsMax = 20

  package var terms: RewardTerms
  /// Whether what is planned waits until a service approves it that has not asked for it.
  package var needsApproval: Bool
  /// Whether each close is paid without being asked; of a board only.
  package var isAutomatic: Bool

  package init(_ terms: RewardTerms = RewardTerms(), needsApproval: Bool = false, isAutomatic: Bool = false) {
    self.terms = terms
    self.needsApproval = needsApproval
    self.isAutomatic = isAutomatic
  }

  /// As the tables have it.
  package func isPossible(in scope: RewardScope) -> Bool {
    terms.budgets.count <= Self.budgetsMax
      && terms.budgets.values.allSatisfy { 1...Reward.amountMax ~= $0 }
      && (!isAutomatic || scope.board != nil)
  }
}

package struct RewardTermsVersion: Sendable, Equatable {
  /// From 1.
  package let revision: Int32
  package let place: NamedRewardScope
  package let traits: RewardTermsTraits
  package let validity: RewardValidity

  package var scope: RewardScope { place.scope }
}

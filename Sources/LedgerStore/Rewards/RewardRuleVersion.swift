// A rule as it was said at some time.
package import Ledger
package import Rewards

package struct RewardRuleVersion: Sendable, Equatable {
  package let id: RewardRuleID
  /// From 1.
  package let revision: Int32
  package let place: NamedRewardScope
  package let traits: RewardRuleTraits
  package let validity: RewardValidity

  package var scope: RewardScope { place.scope }

  /// As a plan goes by it.
  package var rule: RewardRule { RewardRule(id, traits.reach, traits.rewards) }
}

/// What held at one instant, and always will have.
package struct RewardsAt<Held: Sendable>: Sendable {
  package let instant: Instant
  package let held: [Held]
}

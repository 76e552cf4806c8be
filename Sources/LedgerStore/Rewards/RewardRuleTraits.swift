// What a rule says, and what may be said.
package import Rewards

package struct RewardRuleTraits: Sendable, Equatable {
  package static let nameBytesMax = 128
  package static let rewardsMax = 20
  package static let rankMax: Int64 = 1_000_000_000

  package var name: String?
  package var reach: RewardReach
  /// One for each point type, in the order of their ids, as they are stored.
  package var rewards: [Reward] { didSet { rewards = rewards.byType } }
  /// One that is not is kept for another time, and may reach what others reach.
  package var isActive: Bool

  package init(name: String? = nil, reach: RewardReach, rewards: [Reward], isActive: Bool = true) {
    self.name = name
    self.reach = reach
    self.rewards = rewards.byType
    self.isActive = isActive
  }

  /// As the tables have it.
  package var isPossible: Bool {
    guard reach.isPossible, 1...Self.rewardsMax ~= rewards.count,
      Set(rewards.map(\.pointType)).count == rewards.count,
      rewards.allSatisfy({ 1...Int128(Reward.amountMax) ~= $0.amount }),
      name.map({ 1...Self.nameBytesMax ~= $0.utf8.count }) ?? true
    else { return false }
    guard case .ranks(let ranks) = reach else { return true }
    return ranks.upperBound <= Self.rankMax
  }

  /// Names by their bytes: to Swift two spellings of a letter are one.
  func isSame(as other: Self) -> Bool {
    Array((name ?? "").utf8) == Array((other.name ?? "").utf8) && reach == other.reach
      && isActive == other.isActive && rewards == other.rewards
  }
}

extension [Reward] {
  fileprivate var byType: [Reward] { sorted { $0.pointType < $1.pointType } }
}

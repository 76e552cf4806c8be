// Works out who gets what, from the ranks of a snapshot in their order. Nothing here knows of time, of
// stores, or of what anybody has: the same rules over the same ranks are the same plan, whoever works it out,
// and that is what an approval approves.
//
// Equals are looked at together, for what a rank gets may depend on how many share it. Ranks of a competition
// (1, 2, 2, 4) stand for places: three who share the second hold the places 2, 3 and 4, and what these get is
// what can be split, or given to one after the other. A dense rank (1, 2, 2, 3) stands for itself however
// many share it, so it has one prize to split, or to give to the earliest.
package import Boards
import Ledger

package struct RewardPlanner: Sendable {
  private let style: RankStyle
  private let ties: TiePolicy
  /// By ranks, each with the ranks or places it reaches.
  private let ranked: [(reach: ClosedRange<Int64>, rule: RewardRule)]
  /// By shares, each with the places it reaches.
  private let shared: [(reach: ClosedRange<Int64>, rule: RewardRule)]
  private var group: [RankedUser] = []

  /// Behind this place nobody is rewarded.
  package let lastPlace: Int64
  package private(set) var plan = RewardPlan()

  /// `population` is how many are listed.
  package init(_ rules: [RewardRule], _ terms: RewardTerms, style: RankStyle, population: Int64) {
    self.style = style
    ties = terms.ties
    ranked = rules.compactMap { rule in
      guard case .ranks(let ranks) = rule.reach else { return nil }
      return (ranks, rule)
    }
    shared = rules.compactMap { rule in rule.reach.places(among: population).map { ($0, rule) } }
    let lastRank = ranked.map(\.reach.upperBound).max() ?? 0
    let lastShare = shared.map(\.reach.upperBound).max() ?? 0
    // A dense rank may be at any place; whoever is as good as the last who is rewarded is looked at with him.
    lastPlace = style == .dense && lastRank > 0 ? population : max(lastRank, lastShare)
  }

  /// The next ones, in the order of their places. Whether there may be more that matters.
  package mutating func add(_ users: some Sequence<RankedUser>) -> Bool {
    for user in users {
      if let last = group.last, last.rank != user.rank {
        settle()
        group.removeAll(keepingCapacity: true)
        if isBeyond(user) { return false }
      }
      group.append(user)
    }
    return true
  }

  /// Nobody comes any more.
  package mutating func finish() -> RewardPlan {
    settle()
    group = []
    return plan
  }

  private func isBeyond(_ user: RankedUser) -> Bool {
    guard style == .dense else { return user.place > lastPlace }
    let lastRank = ranked.map(\.reach.upperBound).max() ?? 0
    let lastShare = shared.map(\.reach.upperBound).max() ?? 0
    return user.rank > lastRank && user.place > lastShare
  }

  // MARK: Equals

  private mutating func settle() {
    guard let first = group.first else { return }
    let before = plan.winners
    defer { if group.count > 1, plan.winners > before { plan.noteTie(of: group.count) } }
    switch ties {
    case .best:
      let prizes = prizes(rank: first.rank, place: first.place)
      for user in group { plan.add(prizes, to: user) }
    case .split: split()
    case .earliest:
      for (index, user) in group.enumerated() {
        plan.add(prizes(rank: ownRank(user, index), place: user.place), to: user)
      }
    }
  }

  /// What the places of equals get of one point type, by whatever rules; it bears the name of the first.
  private struct Pool {
    let rule: RewardRuleID
    let type: PointTypeID
    var amount: Int128
  }

  /// The parts are equal, to the point; what is left over is less than there are equals.
  private mutating func split() {
    var pools: [Pool] = []
    for (index, user) in group.enumerated() {
      for prize in prizes(rank: ownRank(user, index), place: user.place) {
        let reward = prize.reward
        if let known = pools.firstIndex(where: { $0.type == reward.pointType }) {
          pools[known].amount += reward.amount
        } else {
          pools.append(Pool(rule: prize.rule, type: reward.pointType, amount: reward.amount))
        }
      }
    }
    let count = Int128(group.count)
    for (index, user) in group.enumerated() {
      let parts = pools.compactMap { pool -> Prize? in
        let part = pool.amount / count + (index == 0 ? pool.amount % count : 0)
        guard part > 0 else { return nil }
        return Prize(pool.rule, Reward(part: part, of: pool.type))
      }
      plan.add(parts, to: user)
    }
  }

  /// The rank whose prize is one's own where equals do not all get the best of theirs: a dense rank has one
  /// prize however many share it, of places each has its own.
  private func ownRank(_ user: RankedUser, _ index: Int) -> Int64? {
    guard style == .dense else { return user.place }
    return index == 0 ? user.rank : nil
  }

  private func prizes(rank: Int64?, place: Int64) -> [Prize] {
    let byRank = ranked.filter { one in rank.map { one.reach.contains($0) } ?? false }
    let byShare = shared.filter { $0.reach.contains(place) }
    return (byRank + byShare).flatMap { one in one.rule.rewards.map { Prize(one.rule.id, $0) } }
  }
}

/// What one rule gives to one user.
package struct Prize: Sendable, Equatable {
  package let rule: RewardRuleID
  package let reward: Reward

  package init(_ rule: RewardRuleID, _ reward: Reward) {
    self.rule = rule
    self.reward = reward
  }
}

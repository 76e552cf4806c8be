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
  /// More lines than this are no plan; what comes behind them is not looked at.
  private let linesMax: Int
  /// By ranks, each with the ranks or places it reaches.
  private let ranked: [(reach: ClosedRange<Int64>, rule: RewardRule)]
  /// By shares, each with the places it reaches.
  private let shared: [(reach: ClosedRange<Int64>, rule: RewardRule)]
  private let lastRank: Int64
  private let lastShare: Int64
  private var equals: Equals?

  package private(set) var plan = RewardPlan()

  /// `population` is how many are listed.
  package init(
    _ rules: [RewardRule], _ terms: RewardTerms, style: RankStyle, population: Int64, linesMax: Int = .max
  ) {
    self.style = style
    self.linesMax = linesMax
    ties = terms.ties
    ranked = rules.compactMap { rule in
      guard case .ranks(let ranks) = rule.reach else { return nil }
      return (ranks, rule)
    }
    shared = rules.compactMap { rule in rule.reach.places(among: population).map { ($0, rule) } }
    lastRank = ranked.map(\.reach.upperBound).max() ?? 0
    lastShare = shared.map(\.reach.upperBound).max() ?? 0
  }

  /// The next ones, in the order of their places. Whether there may be more that matters: whoever is as good
  /// as the last who is rewarded is looked at with that one, however many they are, so nobody knows
  /// beforehand at which place that ends.
  package mutating func add(_ users: some Sequence<RankedUser>) -> Bool {
    for user in users {
      if equals?.first.rank != user.rank {
        settle()
        equals = nil
        if isBeyond(user) { return false }
        equals = Equals(first: user, winnersBefore: plan.winners)
      }
      admit(user)
      if plan.lines.count > linesMax { return false }
    }
    return true
  }

  /// Nobody comes any more.
  package mutating func finish() -> RewardPlan {
    settle()
    equals = nil
    return plan
  }

  /// Behind all ranks and shares that are rewarded.
  private func isBeyond(_ user: RankedUser) -> Bool {
    (style == .dense ? user.rank : user.place) > lastRank && user.place > lastShare
  }

  // MARK: Equals

  /// Who share a rank, as far as they have come.
  private struct Equals {
    let first: RankedUser
    let winnersBefore: Int
    var count = 0
    /// What each gets, where that is what the best of them gets.
    var prizes: [Prize] = []
    /// What is to be split, and among whom: these wait for the last of them.
    var pools: [Pool] = []
    var waiting: [RankedUser] = []
  }

  /// What the places of equals get of one point type, by whatever rules; it bears the name of the first.
  private struct Pool {
    let rule: RewardRuleID
    let type: PointTypeID
    var amount: Int128
  }

  private mutating func admit(_ user: RankedUser) {
    guard var equals else { return }
    self.equals = nil
    switch ties {
    case .best:
      if equals.count == 0 { equals.prizes = prizes(rank: user.rank, place: user.place) }
      plan.add(equals.prizes, to: user)
    case .earliest:
      plan.add(prizes(rank: ownRank(user, equals.count), place: user.place), to: user)
    case .split:
      pool(prizes(rank: ownRank(user, equals.count), place: user.place), in: &equals)
      // Of more than can be paid it is enough to know how many they are.
      if equals.waiting.count <= linesMax { equals.waiting.append(user) }
    }
    equals.count += 1
    self.equals = equals
  }

  private mutating func settle() {
    guard let equals else { return }
    if ties == .split { split(equals) }
    if equals.count > 1, plan.winners > equals.winnersBefore { plan.noteTie(of: equals.count) }
  }

  private func pool(_ prizes: [Prize], in equals: inout Equals) {
    for prize in prizes {
      let reward = prize.reward
      if let known = equals.pools.firstIndex(where: { $0.type == reward.pointType }) {
        equals.pools[known].amount += reward.amount
      } else {
        equals.pools.append(Pool(rule: prize.rule, type: reward.pointType, amount: reward.amount))
      }
    }
  }

  /// The parts are equal, to the point; what is left over is less than there are equals.
  private mutating func split(_ equals: Equals) {
    let count = Int128(equals.count)
    for (index, user) in equals.waiting.enumerated() where plan.lines.count <= linesMax {
      let parts = equals.pools.compactMap { pool -> Prize? in
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

// A ranking of scores, and what its users get by the words of the rules: slowly, one user at a time.
import Boards
import Ledger

@testable import Rewards

struct Ranking {
  /// The best first.
  let scores: [Int64]
  let style: RankStyle

  static func user(_ index: Int) -> UserID { UserID(stored: "user-\(index)") }

  var users: [RankedUser] {
    scores.indices.map {
      RankedUser(place: Int64($0) + 1, rank: rank($0), user: Self.user($0))
    }
  }

  func rank(_ index: Int) -> Int64 {
    switch style {
    case .competition: Int64(scores.count { $0 > scores[index] }) + 1
    case .dense: Int64(Set(scores.filter { $0 > scores[index] }).count) + 1
    case .ordinal: Int64(index) + 1
    }
  }

  func plan(_ rules: [RewardRule], _ terms: RewardTerms, portion: Int = .max) -> RewardPlan {
    var planner = RewardPlanner(rules, terms, style: style, population: Int64(scores.count))
    var left = users[...]
    while !left.isEmpty {
      let next = left.prefix(portion)
      left = left.dropFirst(next.count)
      guard planner.add(next) else { break }
    }
    return planner.finish()
  }

  // MARK: By the words

  /// All whom the board has at one rank.
  private func equals(of index: Int) -> [Int] { scores.indices.filter { rank($0) == rank(index) } }

  func amount(of index: Int, _ type: PointTypeID, _ rules: [RewardRule], _ ties: TiePolicy) -> Int128 {
    let equals = equals(of: index)
    let own = equals.map { equal in rules.reduce(0) { $0 + prize(equal, type, $1, equals) } }
    switch ties {
    case .best: return rules.reduce(0) { $0 + bestPrize(equals[0], type, $1) }
    case .earliest: return own[equals.firstIndex(of: index) ?? 0]
    case .split:
      let pool = own.reduce(0, +)
      let part = pool / Int128(equals.count)
      return index == equals[0] ? pool - part * Int128(equals.count - 1) : part
    }
  }

  /// What somebody's own place gets, or, of a dense rank, what the earliest of it gets and no other.
  private func prize(_ index: Int, _ type: PointTypeID, _ rule: RewardRule, _ equals: [Int]) -> Int128 {
    let rank = style == .dense ? (index == equals[0] ? self.rank(index) : nil) : Int64(index) + 1
    return reaches(rule.reach, rank, Int64(index) + 1) ? rule.amount(of: type) : 0
  }

  private func bestPrize(_ first: Int, _ type: PointTypeID, _ rule: RewardRule) -> Int128 {
    reaches(rule.reach, rank(first), Int64(first) + 1) ? rule.amount(of: type) : 0
  }

  private func reaches(_ reach: RewardReach, _ rank: Int64?, _ place: Int64) -> Bool {
    switch reach {
    case .ranks(let ranks): return rank.map { ranks.contains($0) } ?? false
    case .share(let above, let top):
      let count = Double(scores.count)
      func places(_ share: Int64) -> Int64 { Int64((Double(share) * count / 10_000).rounded(.up)) }
      return place > places(above) && place <= places(top)
    }
  }
}

extension RewardRule {
  fileprivate func amount(of type: PointTypeID) -> Int128 {
    rewards.filter { $0.pointType == type }.reduce(0) { $0 + $1.amount }
  }
}

// Plans against what the words of the rules say, over random rules, ties and populations.
import Boards
import Ledger
import TestSupport
import Testing

@testable import Rewards

struct RewardPlanTests {
  private static let types = (1...3).map { PointTypeID(UUIDBits(high: 9, low: UInt64($0))) }

  private static func rule(_ number: UInt64, _ reach: RewardReach, _ amounts: [(Int64, Int)]) -> RewardRule {
    RewardRule(
      RewardRuleID(UUIDBits(high: 1, low: number)), reach,
      amounts.compactMap { Reward($0.0, of: types[$0.1]) })
  }

  private static func random(_ random: inout SeededGenerator) -> (Ranking, [RewardRule]) {
    let count = Int.random(in: 0...40, using: &random)
    let scores = (0..<count).map { _ in Int64.random(in: 0...12, using: &random) }.sorted(by: >)
    let style = RankStyle.allCases.randomElement(using: &random) ?? .competition
    let rules = (0..<UInt64.random(in: 1...5, using: &random)).map { number in
      let reach: RewardReach
      if Bool.random(using: &random) {
        let first = Int64.random(in: 1...15, using: &random)
        reach = .ranks(first...first + Int64.random(in: 0...10, using: &random))
      } else {
        let above = Int64.random(in: 0...5_000, using: &random)
        reach = .share(above: above, upTo: above + Int64.random(in: 1...5_000, using: &random))
      }
      let most: Int64 = Bool.random(using: &random) ? 100 : Reward.amountMax
      let types = types.indices.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))
      return rule(number, reach, types.map { (Int64.random(in: 1...most, using: &random), $0) })
    }
    return (Ranking(scores: scores, style: style), rules)
  }

  @Test(arguments: TiePolicy.allCases)
  func `everybody gets what the rules say, and the sums are those of the lines`(ties: TiePolicy) {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<300 {
      let (ranking, rules) = Self.random(&random)
      let terms = RewardTerms(ties: ties)
      let plan = ranking.plan(rules, terms)
      let given = plan.byUser
      var sums = RewardSums()
      for index in ranking.scores.indices {
        for type in Self.types {
          let wanted = ranking.amount(of: index, type, rules, ties)
          let got = given[Ranking.user(index)]?[type] ?? 0
          if got != wanted { Issue.record("\(got), not \(wanted): \(ranking) \(rules) \(index)") }
          sums.add(wanted, of: type)
        }
      }
      #expect(plan.sums == sums && plan.winners == given.count)
      #expect(plan == ranking.plan(rules, terms, portion: Int.random(in: 1...7, using: &random)))
    }
  }

  @Test func `a split invents nothing and loses nothing`() {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<300 {
      let (ranking, rules) = Self.random(&random)
      let split = ranking.plan(rules, RewardTerms(ties: .split))
      let earliest = ranking.plan(rules, RewardTerms(ties: .earliest))
      #expect(split.sums == earliest.sums, "\(ranking) \(rules)")
    }
  }

  @Test func `three who share the second rank split what the second to fourth get`() {
    let ranking = Ranking(scores: [9, 5, 5, 5, 1], style: .competition)
    let rules = [
      Self.rule(1, .ranks(1...1), [(100, 0)]), Self.rule(2, .ranks(2...2), [(50, 0)]),
      Self.rule(3, .ranks(3...4), [(10, 0)]),
    ]
    func amounts(_ ties: TiePolicy) -> [Int128] {
      let given = ranking.plan(rules, RewardTerms(ties: ties)).byUser
      return ranking.scores.indices.map { given[Ranking.user($0)]?[Self.types[0]] ?? 0 }
    }
    #expect(amounts(.best) == [100, 50, 50, 50, 0])
    #expect(amounts(.split) == [100, 24, 23, 23, 0])
    #expect(amounts(.earliest) == [100, 50, 10, 10, 0])
  }

  @Test func `the best percent of ten is one, and parts that meet leave out nobody`() {
    let ranking = Ranking(scores: (0..<10).map { Int64(10 - $0) }, style: .competition)
    let rules = [
      Self.rule(1, .share(above: 0, upTo: 100), [(5, 0)]),
      Self.rule(2, .share(above: 100, upTo: 2_500), [(3, 0)]),
      Self.rule(3, .share(above: 2_500, upTo: 10_000), [(1, 0)]),
    ]
    let plan = ranking.plan(rules, RewardTerms())
    #expect(plan.lines.map(\.prize.reward.amount) == [5, 3, 3, 1, 1, 1, 1, 1, 1, 1])
  }

  @Test func `what a plan comes to is held against the budget, to the point`() {
    let ranking = Ranking(scores: [3, 2, 1], style: .ordinal)
    let plan = ranking.plan([Self.rule(1, .ranks(1...3), [(4, 0), (1, 1)])], RewardTerms())
    #expect(plan.excess(over: RewardTerms(budgets: [Self.types[0]: 12, Self.types[1]: 3])).isEmpty)
    let excess = plan.excess(over: RewardTerms(budgets: [Self.types[0]: 11, Self.types[1]: 0]))
    #expect(excess.map(\.pointType) == Array(Self.types.prefix(2)) && excess.map(\.by) == [1, 3])
  }

  @Test(arguments: TiePolicy.allCases)
  func `of more lines than can be paid no more are held than show it`(ties: TiePolicy) {
    let equals = (1...100).map { RankedUser(place: $0, rank: 1, user: Ranking.user(Int($0))) }
    let rule = Self.rule(1, .ranks(1...100), [(5, 0), (7, 1)])
    var planner = RewardPlanner(
      [rule], RewardTerms(ties: ties), style: .competition, population: 100, linesMax: 10)
    _ = planner.add(equals)
    #expect(planner.finish().lines.count == 12)
    // However many share a prize that only one of them gets, that one does.
    let single = Self.rule(1, .ranks(1...1), [(5, 0)])
    var other = RewardPlanner(
      [single], RewardTerms(ties: ties), style: .competition, population: 100, linesMax: 10)
    _ = other.add(equals)
    #expect(other.finish().lines.count == (ties == .best ? 11 : 1))
  }

  @Test func `a reward is between one point and what no sum can hold`() {
    #expect(Reward(0, of: Self.types[0]) == nil && Reward(-1, of: Self.types[0]) == nil)
    #expect(Reward(Reward.amountMax, of: Self.types[0]) != nil)
    #expect(Reward(Reward.amountMax + 1, of: Self.types[0]) == nil)
  }
}

// Ranks are read page by page, and whom a payout reaches does not depend on where a page ends.
import Boards
import EventLoop
import Ledger
import Rewards
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct PayoutPagesTests {
  @Test func `equals who go on behind a page are all rewarded`() async throws {
    try await withPayouts { payouts in
      for user in 1...8 { try await payouts.ledger.award(10, to: payouts.key("user \(user)")) }
      let ranks = try await payouts.ranks()
      let rules = payouts.rules([(1...3, 100)])
      for (ties, given) in [(TiePolicy.best, 800), (.split, 300), (.earliest, 300)] {
        let plan = try await payouts.preview(
          ranks, payouts.terms(rules, RewardTerms(ties: ties)), page: 5
        ).plan
        #expect(plan.sums.map(\.given) == [Int128(given)] && plan.tiedUsers == 8, "\(ties)")
      }
    }
  }

  @Test func `what takes long is worked out beside the loop, which has others to answer`() async throws {
    try await withLedger { ledger in
      let loop = ledger.loop
      #expect(loop.isInside)
      #expect(await PayoutPlanner.besideTheLoop { loop.isInside } == false)
      #expect(loop.isInside)
    }
  }

  @Test func `pages of whatever size make the plan that one page makes`() async throws {
    let generators = TestRounds.generators(8)
    try await withPayouts { payouts in
      for generator in generators {
        var random = generator
        for user in 1...Int.random(in: 3...30, using: &random) {
          try await payouts.ledger.award(.random(in: 1...3, using: &random), to: payouts.key("user \(user)"))
        }
        let style = RankStyle.allCases.randomElement(using: &random) ?? .competition
        let ranks = try await payouts.ranks(by: style)
        let entries = try await SnapshotReader(pool: payouts.ledger.pool)
          .entries(of: ranks.number, limit: 1_000)
        let rules = payouts.rules([(1...Int64.random(in: 1...7, using: &random), 101)])
        let share = RewardReach.share(above: 0, upTo: Int64.random(in: 1...6_000, using: &random))
        let both = rules + [RewardRule(RewardRuleID(UUIDBits(high: 3, low: 99)), share, rules[0].rewards)]
        for ties in TiePolicy.allCases {
          let chosen = both.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random))
          let terms = payouts.terms(Array(chosen), RewardTerms(ties: ties))
          var planner = RewardPlanner(
            terms.rules, terms.terms, style: style, population: Int64(entries.count))
          _ = planner.add(
            entries.map { RankedUser(place: Int64($0.place), rank: Int64($0.rank), user: $0.user) })
          let wanted = planner.finish()
          for page in 1...7 {
            let plan = try await payouts.preview(ranks, terms, page: page).plan
            #expect(
              plan.legs.map(\.user) == wanted.lines.map(\.winner.user)
                && plan.legs.map { Int128($0.amount) } == wanted.lines.map(\.prize.reward.amount)
                && plan.tiedUsers == wanted.tied && plan.winners == wanted.winners,
              "\(style) \(ties), pages of \(page), seed \(random.seed)")
          }
        }
      }
    }
  }
}

extension PayoutsUnderTest {
  fileprivate func ranks(by style: RankStyle) async throws -> Snapshot {
    let plan = SnapshotPlan(
      id: SnapshotID(UUIDBits(high: 5, low: Self.number())), board: .balance(of: type), purpose: .demand,
      order: BoardOrder(style: style))
    guard case .complete(let snapshot) = try await settling.take(plan) else {
      throw Surprise(what: "no ranks")
    }
    return snapshot
  }
}

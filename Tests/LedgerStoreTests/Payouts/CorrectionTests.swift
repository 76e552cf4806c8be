// After a correction everybody has what a clean run would have given, whatever was given before.
import Ledger
import Rewards
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct CorrectionTests {
  @Test func `who moves up is given more, and who falls gives back`() async throws {
    try await withPayouts { payouts in
      for (user, amount) in [("ada", 30), ("bob", 20), ("cyd", 10)] {
        try await payouts.ledger.award(Int64(amount), to: payouts.key(user))
      }
      let gems = try await payouts.gems()
      let terms = payouts.terms(payouts.rules([(1...1, 100), (2...2, 50)], of: gems))
      let first = try await payouts.ranks()
      let paid = try await payouts.planned(first, terms)
      _ = try await payouts.runner.runOnce()
      // Ada falls behind all others.
      let correction = try await payouts.planned(try await payouts.revised(first, ["ada": 1]))
      #expect(correction.isCorrection && correction.legs == 3)
      let outcome = try await payouts.runner.runOnce()
      #expect(outcome.credited == 3 && outcome.refused == 0)
      #expect(try await payouts.balances(of: gems, ["ada", "bob", "cyd"]) == [0, 100, 50])
      let sums = try await payouts.store.sums(of: correction)
      #expect(sums.map(\.given) == [100] && sums.map(\.taken) == [100])
      #expect(try await payouts.now(paid).phase == .paid)
    }
  }

  @Test func `what was spent is taken back as far as it goes, and the rest when it is there`() async throws {
    try await withPayouts { payouts in
      for (user, amount) in [("ada", 30), ("bob", 20)] {
        try await payouts.ledger.award(Int64(amount), to: payouts.key(user))
      }
      let gems = try await payouts.gems()
      let terms = payouts.terms(payouts.rules([(1...1, 100)], of: gems))
      let first = try await payouts.ranks()
      _ = try await payouts.planned(first, terms)
      _ = try await payouts.runner.runOnce()
      let purse = AccountKey(user: UserID(stored: "ada"), pointType: gems)
      try await payouts.ledger.deduct(60, from: purse)
      let correction = try await payouts.planned(try await payouts.revised(first, ["ada": 1]))
      #expect(try await payouts.runner.runOnce().refused == 0)
      #expect(try await payouts.balances(of: gems, ["ada", "bob"]) == [0, 100])
      let owed = try await payouts.store.outstanding(of: correction, limit: 10)
      #expect(owed.map(\.outstanding) == [60] && owed.map(\.leg.user.text) == ["ada"])

      guard case .done = try await payouts.retry(correction) else { throw Surprise(what: "not tried again") }
      #expect(try await payouts.runner.runOnce().refused == 1)
      try await payouts.ledger.award(75, to: purse)
      guard case .done = try await payouts.retry(correction) else { throw Surprise(what: "not tried again") }
      #expect(try await payouts.runner.runOnce().credited == 1)
      #expect(try await payouts.balances(of: gems, ["ada"]) == [15])
      #expect(try await payouts.store.outstanding(of: correction, limit: 10).isEmpty)
    }
  }

  @Test func `a budget bounds what each revision is worth, and what is spent is out on top of it`()
    async throws
  {
    try await withPayouts { payouts in
      let gems = try await payouts.gems()
      let first = try await payouts.threeRanked()
      let rules = payouts.rules([(1...1, 100)], of: gems)
      _ = try await payouts.planned(first, payouts.terms(rules, RewardTerms(budgets: [gems: 100])))
      _ = try await payouts.runner.runOnce()
      try await payouts.ledger.deduct(70, from: AccountKey(user: UserID(stored: "ada"), pointType: gems))
      let second = try await payouts.revised(first, ["ada": 1])
      guard case .planned(let plan, _, _) = try await payouts.store.preview(second) else {
        throw Surprise(what: "no plan")
      }
      #expect(plan.sums == [PayoutSum(pointType: gems, given: 100, taken: 100, budget: 100)])
      let correction = try await payouts.planned(second)
      _ = try await payouts.runner.runOnce()
      #expect(try await payouts.balances(of: gems, ["ada", "bob"]) == [0, 100])
      let owed = try await payouts.store.outstanding(of: correction, limit: 10)
      #expect(owed.map(\.outstanding) == [70])
      // Two who lead are worth more than that, whatever was given before.
      let third = try await payouts.revised(second, ["cyd": 20])
      #expect(try await payouts.create(third) == .refused(.plan(.overBudget(gems, by: 100))))
    }
  }

  @Test func `nothing is corrected that is still to be paid`() async throws {
    try await withPayouts { payouts in
      try await payouts.ledger.award(10, to: payouts.key("ada"))
      let first = try await payouts.ranks()
      let made = try await payouts.planned(first, payouts.terms(payouts.rules([(1...1, 5)])))
      let second = try await payouts.revised(first, ["ada": 11])
      #expect(try await payouts.create(second) == .refused(.unsettled(made.id)))
      _ = try await payouts.runner.runOnce()
      // Nor is anything tried again for the ranks as they were, whether or not the new ones are paid for.
      #expect(try await payouts.retry(made) == .corrected(newest: second.id))
      let correction = try await payouts.planned(second)
      #expect(correction.legs == 0)
      _ = try await payouts.runner.runOnce()
      #expect(try await payouts.now(correction).phase == .paid)
      #expect(try await payouts.retry(made) == .superseded(by: correction.id))
    }
  }

  @Test func `what was refused before the ranks were corrected is given by the correction`() async throws {
    try await withPayouts { payouts in
      try await payouts.ledger.award(10, to: payouts.key("ada"))
      _ = try await payouts.ledger.types.create("gems", PointTypeTraits(displayName: "Gems"))
      let gems = try await payouts.ledger.type("gems")
      let first = try await payouts.ranks()
      let made = try await payouts.planned(first, payouts.terms(payouts.rules([(1...1, 5)], of: gems)))
      _ = try await payouts.ledger.types.update(gems) { $0.isEnabled = false }
      #expect(try await payouts.runner.runOnce().refused == 1)
      _ = try await payouts.ledger.types.update(gems) { $0.isEnabled = true }
      let second = try await payouts.revised(first, ["ada": 11])
      #expect(try await payouts.retry(made) == .corrected(newest: second.id))
      #expect(try await payouts.now(made).phase == .paid)
      let correction = try await payouts.planned(second)
      #expect(correction.legs == 1)
      #expect(try await payouts.runner.runOnce().credited == 1)
      let key = AccountKey(user: UserID(stored: "ada"), pointType: gems)
      #expect(try await payouts.ledger.reader.account(key)?.account.balance == 5)
    }
  }

  @Test func `a correction goes by the rules of what it corrects, unless somebody may choose others`()
    async throws
  {
    try await withPayouts { payouts in
      let gems = try await payouts.gems()
      let first = try await payouts.threeRanked()
      let made = try await payouts.planned(first, payouts.terms(payouts.rules([(1...1, 100)], of: gems)))
      _ = try await payouts.runner.runOnce()
      try await payouts.use(payouts.terms(payouts.rules([(1...1, 300)], of: gems), needsApproval: true))
      let second = try await payouts.revised(first, ["ada": nil])
      func given(by choice: DistributionStore.Choice) async throws -> PayoutSum? {
        guard case .planned(let plan, let terms, _) = try await payouts.store.preview(second, by: choice)
        else { throw Surprise(what: "no plan") }
        // What waits for an approval by now does so by whatever rules.
        #expect(terms.needsApproval)
        return plan.sums.first
      }
      let later = Instant(microseconds: 9_000_000_000_000_000)
      for choice in [DistributionStore.Choice.own, .of(made.rulesAt, mayChoose: false)] {
        #expect(try await given(by: choice)?.given == 100)
      }
      #expect(try await given(by: .of(later, mayChoose: true))?.given == 300)
      #expect(
        try await payouts.store.preview(second, by: .of(later, mayChoose: false))
          == .refused(.notToBeChosen(own: made.rulesAt)))
    }
  }

  @Test func `the net of all revisions is that of a clean run`() async throws {
    let generators = TestRounds.generators(4)
    try await withPayouts { payouts in
      let gems = try await payouts.gems()
      let users = (1...25).map { "user \($0)" }
      for generator in generators {
        var random = generator
        for user in users {
          try await payouts.ledger.award(.random(in: 1...12, using: &random), to: payouts.key(user))
        }
        let ties = TiePolicy.allCases.randomElement(using: &random) ?? .best
        let rules = payouts.rules(
          [
            (1...Int64.random(in: 1...4, using: &random), 101),
            (5...Int64.random(in: 5...20, using: &random), 37),
          ],
          of: gems)
        let terms = payouts.terms(rules, RewardTerms(ties: ties))
        let before = try await payouts.balances(of: gems, users)
        var last = try await payouts.ranks()
        var left = users
        for revision in 0...Int.random(in: 0...3, using: &random) {
          if revision > 0 {
            var scores: [String: Int64?] = [:]
            for user in left.shuffled(using: &random).prefix(Int.random(in: 1...7, using: &random)) {
              let isOut = Int.random(in: 0..<4, using: &random) == 0
              let score = 1_000 + 10 * Int64(revision) + .random(in: 1...9, using: &random)
              scores.updateValue(isOut ? nil : score, forKey: user)
            }
            left.removeAll { user in scores[user].map { $0 == nil } ?? false }
            last = try await payouts.revised(last, scores)
          }
          _ = try await payouts.planned(last, revision == 0 ? terms : nil)
          let outcome = try await payouts.runner.runOnce()
          #expect(outcome.refused == 0 && outcome.trouble.isEmpty && outcome.paid == 1, "seed \(random.seed)")
        }
        let clean = try await payouts.prizes(of: last, rules, ties)
        let after = try await payouts.balances(of: gems, users)
        #expect(
          zip(after, before).map { $0 - $1 } == users.map { clean[$0] ?? 0 }, "\(ties), seed \(random.seed)")
      }
    }
  }
}

extension PayoutsUnderTest {
  /// A second type, so that what is won does not change who leads.
  func gems() async throws -> PointTypeID {
    _ = try await ledger.types.create("gems", PointTypeTraits(displayName: "Gems"))
    return try await ledger.type("gems")
  }

  func balances(of type: PointTypeID, _ users: [String]) async throws -> [Int64] {
    var balances: [Int64] = []
    for user in users {
      let key = AccountKey(user: UserID(stored: user), pointType: type)
      balances.append(try await ledger.reader.account(key)?.account.balance ?? 0)
    }
    return balances
  }

  /// What each would be given if nobody had been given anything, looked at rank by rank.
  fileprivate func prizes(
    of snapshot: Snapshot, _ rules: [RewardRule], _ ties: TiePolicy
  ) async throws -> [String: Int64] {
    let entries = try await SnapshotReader(pool: ledger.pool).entries(of: snapshot.number, limit: 1_000)
    func prize(_ place: Int64) -> Int64 {
      rules.reduce(0) { sum, rule in
        guard case .ranks(let ranks) = rule.reach, ranks.contains(place) else { return sum }
        return sum + rule.rewards.reduce(0) { $0 + Int64($1.amount) }
      }
    }
    var prizes: [String: Int64] = [:]
    for (rank, equals) in Dictionary(grouping: entries, by: \.rank) {
      let pool = equals.reduce(0) { $0 + prize(Int64($1.place)) }
      for (index, entry) in equals.sorted(by: { $0.place < $1.place }).enumerated() {
        prizes[entry.user.text] =
          switch ties {
          case .best: prize(Int64(rank))
          case .earliest: prize(Int64(entry.place))
          case .split: pool / Int64(equals.count) + (index == 0 ? pool % Int64(equals.count) : 0)
          }
      }
    }
    return prizes
  }
}

// What is planned is paid, once, and what cannot be is told and may be tried again.
import Ledger
import Rewards
import Testing

@testable import LedgerStore

@Suite struct PayoutTests {
  @Test func `ranks are paid for once, whoever asks and however often`() async throws {
    try await withPayouts { payouts in
      for (user, amount) in [("ada", 30), ("bob", 20), ("cyd", 20), ("dan", 10)] {
        try await payouts.ledger.award(Int64(amount), to: payouts.key(user))
      }
      let ranks = try await payouts.ranks()
      let terms = payouts.terms(payouts.rules([(1...1, 100), (2...3, 50)]))
      let made = try await payouts.planned(ranks, terms)
      #expect(made.phase == .paying && made.legs == 3 && made.winners == 3 && made.tiedUsers == 2)
      #expect(try await payouts.create(ranks, terms) == .present(made))

      let first = try await payouts.runner.runOnce()
      #expect(first.paid == 1 && first.credited == 3 && first.postings == 1 && first.trouble.isEmpty)
      #expect(try await payouts.runner.runOnce() == PayoutRunner.Outcome())
      let paid = try await payouts.now(made)
      #expect(paid.phase == .paid && paid.executedAt != nil && paid.progress.credited == 3)
      #expect(try await payouts.create(ranks, terms) == .present(paid))
      for (user, balance) in [("ada", 130), ("bob", 70), ("cyd", 70), ("dan", 10)] {
        #expect(try await payouts.balance(user) == balance, "\(user)")
      }
      let legs = try await payouts.store.paidLegs(of: paid, limit: 10).map(\.line)
      #expect(legs.map(\.leg.user.text) == ["ada", "bob", "cyd"])
      #expect(legs.map { $0.leg.standing?.rank } == [1, 2, 2])
      let sums = try await payouts.store.sums(of: paid)
      #expect(sums.map(\.given) == [200] && sums.map(\.taken) == [0])
    }
  }

  @Test func `three who pay at once pay once`() async throws {
    try await withPayouts { payouts in
      for user in 1...30 { try await payouts.ledger.award(Int64(user), to: payouts.key("user \(user)")) }
      let made = try await payouts.planned(
        try await payouts.ranks(), payouts.terms(payouts.rules([(1...30, 1_000)])))
      let runner = payouts.runner
      async let one = runner.runOnce()
      async let other = runner.runOnce()
      async let third = runner.runOnce()
      _ = try await (one, other, third)
      #expect(try await payouts.now(made).phase == .paid)
      for user in 1...30 { #expect(try await payouts.balance("user \(user)") == 1_000 + Int64(user)) }
    }
  }

  @Test func `many are paid by several postings`() async throws {
    try await withPayouts { payouts in
      let legs = (1...1_000).map { user in
        Leg(
          account: payouts.key("user \(user)"), change: .credit(Int64(user)), kind: .award,
          details: TransactionDetails())
      }
      try await payouts.ledger.post(legs)
      try await payouts.ledger.award(5_000, to: payouts.key("best"))
      let made = try await payouts.planned(
        try await payouts.ranks(), payouts.terms(payouts.rules([(1...2_000, 7)])))
      #expect(made.legs == 1_001)
      let outcome = try await payouts.runner.runOnce()
      #expect(outcome.credited == 1_001 && outcome.postings == 3 && outcome.paid == 1)
      #expect(try await payouts.balance("user 1") == 8)
      #expect(try await payouts.balance("best") == 5_007)
    }
  }

  @Test func `a small payout does not wait until a large one is paid`() async throws {
    try await withPayouts { payouts in
      for thousand in 0..<8 {
        let legs = (0..<1_000).map { user in
          Leg(
            account: payouts.key("user \(thousand * 1_000 + user)"), change: .credit(1), kind: .award,
            details: TransactionDetails())
        }
        try await payouts.ledger.post(legs)
      }
      let large = try await payouts.planned(
        try await payouts.ranks(), payouts.terms(payouts.rules([(1...8_000, 7)])))
      try await payouts.ledger.award(10, to: payouts.key("best"))
      let small = try await payouts.planned(
        try await payouts.ranks(), payouts.terms(payouts.rules([(1...1, 100)])))
      var told: [Int64] = []
      let outcome = try await payouts.runner.runOnce { done, total in
        if done == total { told.append(total) }
      }
      #expect(told == [Int64(small.legs), Int64(large.legs)])
      #expect(outcome.paid == 2 && outcome.credited == 8_001)
    }
  }

  @Test func `who is disabled is listed, and gets it once he may`() async throws {
    try await withPayouts { payouts in
      for user in ["ada", "bob"] { try await payouts.ledger.award(10, to: payouts.key(user)) }
      let ranks = try await payouts.ranks()
      let terms = payouts.terms(payouts.rules([(1...2, 5)]))
      try await payouts.setEnabled(false, "bob")
      #expect(try await payouts.preview(ranks, terms).refusable.map(\.text) == ["bob"])
      let made = try await payouts.planned(ranks, terms)
      let outcome = try await payouts.runner.runOnce()
      #expect(outcome.credited == 1 && outcome.refused == 1)
      let outstanding = try await payouts.store.outstanding(of: made, limit: 10)
      #expect(outstanding.map(\.leg.user.text) == ["bob"])
      #expect(outstanding.map { $0.refusal?.reason } == [.userDisabled])

      // Tried again too early it is refused again.
      guard case .done = try await payouts.retry(made) else { throw Surprise(what: "not tried again") }
      #expect(try await payouts.runner.runOnce().refused == 1)
      #expect(try await payouts.now(made).progress == .init(credited: 1, refused: 1))
      try await payouts.setEnabled(true, "bob")
      guard case .done = try await payouts.retry(made) else { throw Surprise(what: "not tried again") }
      #expect(try await payouts.runner.runOnce().credited == 1)
      #expect(try await payouts.balance("bob") == 15)
      let paid = try await payouts.now(made)
      #expect(paid.phase == .paid && paid.progress == .init(credited: 2, refused: 0))
      #expect(try await payouts.retry(made) == .nothingLeft(paid))
    }
  }

  @Test func `what waits is approved by its hash, and by another`() async throws {
    try await withPayouts { payouts in
      try await payouts.ledger.award(10, to: payouts.key("ada"))
      let ranks = try await payouts.ranks()
      let terms = payouts.terms(payouts.rules([(1...1, 5)]), needsApproval: true)
      let first = try await payouts.planned(ranks, terms)
      #expect(first.phase == .waiting)
      #expect(try await payouts.runner.runOnce() == PayoutRunner.Outcome())
      #expect(try await payouts.store.approve(first.id, hash: first.hash, by: payouts.asker) == .ownPlan)
      let rejected = try await payouts.store.reject(first.id, because: "too little", by: payouts.other)
      guard case .done(let gone) = rejected else { throw Surprise(what: "\(rejected)") }
      #expect(gone.phase == .rejected && gone.reason == "too little" && gone.decided?.name == "other")

      let more = payouts.terms(payouts.rules([(1...1, 6)]), needsApproval: true)
      let second = try await payouts.planned(ranks, more)
      #expect(second.hash != first.hash)
      let stale = try await payouts.store.approve(second.id, hash: first.hash, by: payouts.other)
      #expect(stale == .stale(second))
      guard
        case .done(let approved) = try await payouts.store.approve(
          second.id, hash: second.hash, by: payouts.other)
      else { throw Surprise(what: "not approved") }
      #expect(approved.phase == .paying)
      let again = try await payouts.store.approve(second.id, hash: second.hash, by: payouts.other)
      #expect(again == .outOfTurn(approved))
      #expect(try await payouts.runner.runOnce().paid == 1)
      #expect(try await payouts.balance("ada") == 16)
    }
  }

  @Test func `nothing is planned above a budget`() async throws {
    try await withPayouts { payouts in
      for user in ["ada", "bob"] { try await payouts.ledger.award(10, to: payouts.key(user)) }
      let ranks = try await payouts.ranks()
      let rules = payouts.rules([(1...2, 5)])
      let refused = try await payouts.create(
        ranks, payouts.terms(rules, RewardTerms(budgets: [payouts.type: 9])))
      #expect(refused == .refused(.plan(.overBudget(payouts.type, by: 1))))
      _ = try await payouts.planned(ranks, payouts.terms(rules, RewardTerms(budgets: [payouts.type: 10])))
    }
  }
}

extension PayoutsUnderTest {
  func setEnabled(_ isEnabled: Bool, _ user: String) async throws {
    _ = try await ledger.users.put(
      UserID(stored: user), UserTraits(displayName: nil, isEnabled: isEnabled))
  }
}

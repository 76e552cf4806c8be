// What a correction takes back, where others take from the same, or may not touch it.
import Ledger
import PostgresClient
import Testing

@testable import LedgerStore

@Suite struct TakingBackTests {
  @Test func `what somebody took back by hand is not taken twice, and the rest is taken`() async throws {
    try await withCorrection(of: 100) { payouts, correction, prize in
      try await payouts.ledger.post([.reversal(of: prize, 40)])
      #expect(try await payouts.runner.runOnce().refused == 0)
      #expect(try await payouts.store.outstanding(of: correction, limit: 10).isEmpty)
      #expect(try await payouts.left(of: prize) == 0)
      let paid = try await payouts.now(correction)
      #expect(try await payouts.retry(correction) == .nothingLeft(paid))
    }
  }

  @Test func `what is taken back wholly by hand is told, and not tried again`() async throws {
    try await withCorrection(of: 100) { payouts, correction, prize in
      try await payouts.ledger.post([.reversal(of: prize, nil)])
      #expect(try await payouts.runner.runOnce().refused == 1)
      #expect(try await payouts.store.outstanding(of: correction, limit: 10).isEmpty)
      let paid = try await payouts.now(correction)
      #expect(try await payouts.retry(correction) == .nothingLeft(paid))
    }
  }

  @Test func `of what was spent first a retry takes what is left by then`() async throws {
    try await withCorrection(of: 100) { payouts, correction, prize in
      try await payouts.ledger.deduct(100, from: prize.account)
      #expect(try await payouts.runner.runOnce().refused == 1)
      #expect(try await payouts.store.outstanding(of: correction, limit: 10).map(\.outstanding) == [100])
      try await payouts.ledger.award(300, to: prize.account)
      try await payouts.ledger.post([.reversal(of: prize, 25)])
      #expect(try await payouts.store.outstanding(of: correction, limit: 10).map(\.outstanding) == [75])
      guard case .done = try await payouts.retry(correction) else { throw Surprise(what: "not tried again") }
      #expect(try await payouts.runner.runOnce().credited == 1)
      #expect(try await payouts.left(of: prize) == 0)
      #expect(try await payouts.balances(of: prize.account.pointType, ["ada"]) == [200])
    }
  }

  @Test func `who is disabled gives back what is not his, and is given nothing`() async throws {
    try await withCorrection(of: 100) { payouts, correction, prize in
      for user in ["ada", "bob"] { try await payouts.setEnabled(false, user) }
      let outcome = try await payouts.runner.runOnce()
      #expect(outcome.credited == 1 && outcome.refused == 1 && outcome.paid == 1)
      #expect(try await payouts.left(of: prize) == 0)
      let outstanding = try await payouts.store.outstanding(of: correction, limit: 10)
      #expect(outstanding.map(\.leg.user.text) == ["bob"])
      #expect(outstanding.map { $0.refusal?.reason } == [.userDisabled])
    }
  }

  @Test func `in a point type that is disabled points are taken back, and none are given`() async throws {
    try await withCorrection(of: 100) { payouts, correction, prize in
      _ = try await payouts.ledger.types.update(prize.account.pointType) { $0.isEnabled = false }
      let outcome = try await payouts.runner.runOnce()
      #expect(outcome.credited == 1 && outcome.refused == 1 && outcome.paid == 1)
      #expect(try await payouts.left(of: prize) == 0)
      let outstanding = try await payouts.store.outstanding(of: correction, limit: 10)
      #expect(outstanding.map(\.leg.user.text) == ["bob"])
      #expect(outstanding.map { $0.refusal?.reason } == [.typeDisabled])
    }
  }
}

/// Ada was given a prize for a rank that she has not any more: it is to be taken back, which is planned and
/// nothing else yet.
func withCorrection(
  of prize: Int64,
  _ body: @escaping @Sendable (PayoutsUnderTest, Distribution, Transaction) async throws -> Void
) async throws {
  try await withPayouts { payouts in
    for (user, amount) in [("ada", 30), ("bob", 20)] {
      try await payouts.ledger.award(Int64(amount), to: payouts.key(user))
    }
    let terms = payouts.terms(payouts.rules([(1...1, prize)], of: try await payouts.gems()))
    let first = try await payouts.ranks()
    let paid = try await payouts.planned(first, terms)
    _ = try await payouts.runner.runOnce()
    let correction = try await payouts.planned(try await payouts.revised(first, ["ada": 1]))
    #expect(correction.legs == 2)
    try await body(payouts, correction, try await payouts.transaction(of: paid))
  }
}

extension PayoutsUnderTest {
  /// That the first line of a payout became.
  fileprivate func transaction(of distribution: Distribution) async throws -> Transaction {
    let lines = try await store.paidLegs(of: distribution, limit: 1)
    guard case .posted(let id) = lines.first?.outcome,
      let transaction = try await ledger.reader.transaction(id)
    else { throw Surprise(what: "nothing was paid") }
    return transaction
  }

  fileprivate func left(of transaction: Transaction) async throws -> Int64 {
    let sums = try await ledger.pool.query(SumReversals(originals: [transaction.id]))
    return transaction.amount - sums.reduce(0) { $0 + $1.1 }
  }
}

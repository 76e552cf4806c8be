// What is tried again of a payout: all of it by one call, in as few postings as its stretches allow.
import Ledger
import Rewards
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct RetryTests {
  @Test func `all lines of a type that was disabled are paid by one retry`() async throws {
    try await withPayouts { payouts in
      let awards = (1...1_003).map { user in
        Leg(
          account: payouts.key("user \(user)"), change: .credit(Int64(user)), kind: .award,
          details: TransactionDetails())
      }
      try await payouts.ledger.post(Array(awards.prefix(1_000)))
      try await payouts.ledger.post(Array(awards.dropFirst(1_000)))
      _ = try await payouts.ledger.types.create("gems", PointTypeTraits(displayName: "Gems"))
      let gems = try await payouts.ledger.type("gems")
      let rules = payouts.rules([(1...2_000, 7)], of: gems)
      let made = try await payouts.planned(try await payouts.ranks(), payouts.terms(rules))
      _ = try await payouts.ledger.types.update(gems) { $0.isEnabled = false }
      #expect(try await payouts.runner.runOnce().refused == 1_003)
      _ = try await payouts.ledger.types.update(gems) { $0.isEnabled = true }

      guard case .done = try await payouts.retry(made) else { throw Surprise(what: "not tried again") }
      #expect(try await payouts.store.outstanding(of: made, limit: 10).isEmpty)
      let outcome = try await payouts.runner.runOnce()
      #expect(outcome.credited == 1_003 && outcome.refused == 0 && outcome.postings == 3)
      let lines = try await payouts.store.paidLegs(of: made, limit: 2_000)
      #expect(lines.count == 1_003 && Set(lines.map(\.line.number)).count == 1_003)
      for line in lines {
        guard case .posted = line.outcome else { throw Surprise(what: "\(line)") }
      }
      for user in ["user 1", "user 1003"] {
        let key = AccountKey(user: UserID(stored: user), pointType: gems)
        #expect(try await payouts.ledger.reader.account(key)?.account.balance == 7)
      }
      guard case .nothingLeft = try await payouts.retry(made) else { throw Surprise(what: "tried again") }
    }
  }

  @Test func `every line is tried again once, by the next attempt, among neighbours only`() {
    for generator in TestRounds.generators(200) {
      var random = generator
      var (number, legs): (Int32, [OutstandingLeg]) = (0, [])
      for _ in 0..<Int.random(in: 0...1_500, using: &random) {
        number += Int.random(in: 0..<40, using: &random) == 0 ? 2 : 1
        legs.append(Self.leg(number, attempts: Int.random(in: 0..<60, using: &random) == 0 ? 2 : 1))
      }
      let chunks = DistributionStore.chunks(again: legs)
      #expect(chunks.flatMap { Array($0.legs) } == legs.map(\.number), "seed \(random.seed)")
      let attempts = Dictionary(uniqueKeysWithValues: legs.map { ($0.number, $0.attempts) })
      for (index, chunk) in chunks.enumerated() {
        #expect(chunk.legs.allSatisfy { attempts[$0] == chunk.attempt - 1 } && chunk.legs.count <= 400)
        guard index > 0 else { continue }
        let before = chunks[index - 1]
        let couldBeOne =
          before.legs.upperBound + 1 == chunk.legs.lowerBound && before.attempt == chunk.attempt
        #expect(!couldBeOne || before.legs.count == 400, "seed \(random.seed)")
      }
    }
  }

  private static func leg(_ number: Int32, attempts: Int32) -> OutstandingLeg {
    let type = PointTypeID(UUIDBits(high: 9, low: 9))
    return OutstandingLeg(
      number: number,
      leg: PayoutLeg(
        user: UserID(stored: "u"), pointType: type, amount: 1, change: .give, rule: nil, standing: nil),
      outstanding: 1, attempts: attempts, refusal: nil)
  }
}

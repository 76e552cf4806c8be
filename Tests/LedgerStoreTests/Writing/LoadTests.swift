// Large postings beside small ones, and more than can wait.
import Ledger
import LedgerStore
import TestSupport
import Testing

@Suite struct LoadTests {
  @Test func `a posting of 1,000 legs goes beside small ones`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes { lanes in
      let large = (0..<3).map { round in
        Posting.of(
          (0..<1000).map { .credit(Int64(round + 1), to: "user\($0)", in: points) }, key: UInt64(round))
      }
      async let bulk = lanes[0].post(all: large)
      for _ in 0..<20 {
        let small = await lanes[0].post(
          all: (0..<20).map { .of(.credit(1, to: "user\($0 * 7)", in: points)) })
        #expect(small.allSatisfy { $0.receipt != nil })
      }
      let done = await bulk
      #expect(done.map { $0.receipt?.transactions.count } == [1000, 1000, 1000])
      let again = try #require(await lanes[0].post(large[1].repeated).receipt)
      #expect(again.isReplay && again.transactions.count == 1000 && again.posting == large[1].id)
    }
    let contents = try await ledger.contents()
    contents.check()
    #expect(contents.transactions.count == 3400)
  }

  @Test func `what cannot wait is refused at once, and nothing of it is done`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    let change = { @Sendable (options: inout LaneOptions) in
      options.waitingLegsMax = 10
      options.legsPerBatch = 4
    }
    let results = try await ledger.withLanes(1, change) { lanes in
      let results = await lanes[0].post(
        all: (0..<50).map { .of(.credit(1, to: "user\($0)", in: points), key: UInt64($0)) })
      await #expect(lanes[0].counters.refusedForLoad == results.count { $0.error == .overloaded })
      await #expect(lanes[0].post(.of(.credit(1, to: "user49", in: points), key: 49)).receipt != nil)
      return results
    }
    #expect(results.count { $0.receipt != nil } == 10)
    #expect(results.count { $0.error == .overloaded } == 40)
    let contents = try await ledger.contents()
    contents.check()
    #expect(contents.requests.count == 11 && contents.accounts.count == 11)
  }

  @Test func `one posting that Postgres refuses does not hurt those it travels with`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    var details = TransactionDetails()
    details.metadata = "no JSON at all"
    let poison = Leg(
      account: AccountKey(user: UserID(stored: "user3"), pointType: points), change: .credit(1),
      kind: .award, details: details)
    let results = try await ledger.withLanes { lanes in
      await lanes[0].post(
        all: (0..<20).map { $0 == 13 ? .of(poison) : .of(.credit(1, to: "user\($0)", in: points)) })
    }
    for (index, result) in results.enumerated() {
      guard index == 13 else {
        #expect(result.receipt != nil)
        continue
      }
      guard case .failed = result.error else {
        Issue.record("not refused by Postgres: \(result)")
        continue
      }
    }
    let contents = try await ledger.contents()
    contents.check()
    #expect(contents.transactions.count == 19)
  }
}

// The same key from several sides at once: it is answered one way, for ever.
import Ledger
import LedgerStore
import TestSupport
import Testing

@Suite struct RaceTests {
  @Test func `a refusal that races its own repeat has one answer, whatever the balance does`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes(3) { lanes in
      for key in 1...40 as ClosedRange<UInt64> {
        // The balance goes up and down across what is asked for, while four ask for it.
        let debit = Posting.of(.debit(5, from: "ada", in: points), key: key)
        async let up = lanes[0].post(.of(.credit(5, to: "ada", in: points)))
        async let first = lanes[0].post(debit)
        async let second = lanes[1].post(debit.repeated)
        async let down = lanes[2].post(.of(.debit(5, from: "ada", in: points)))
        async let third = lanes[2].post(debit.repeated)
        let last = await lanes[1].post(debit.repeated)
        let all = await [first, second, third, last]
        _ = await (up, down)
        try expectOneAnswer(all)
        let later = await lanes[0].post(debit.repeated)
        try expectOneAnswer(all + [later])
      }
    }
    try await ledger.contents().check()
  }

  private func expectOneAnswer(_ results: [PostingResult]) throws {
    let told = try results.map { result in
      switch result {
      case .success(.posted(let receipt)): "posted \(receipt.transactions)"
      case .success(.refused(let refusal, _)): "refused \(refusal)"
      case _: throw Unexpected(result: result)
      }
    }
    #expect(Set(told).count == 1, "\(told)")
  }

  @Test func `one key for two users at once: one is posted, the other conflicts`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes(2) { lanes in
      for key in 1...40 as ClosedRange<UInt64> {
        async let one = lanes[0].post(.of(.credit(1, to: "ada\(key)", in: points), key: key, body: 1))
        async let other = lanes[1].post(.of(.credit(1, to: "bob\(key)", in: points), key: key, body: 2))
        let both = await [one, other]
        #expect(both.count { $0.receipt != nil } == 1, "\(both)")
        #expect(both.count { $0 == .success(.conflicting(.userId)) } == 1, "\(both)")
      }
    }
    let contents = try await ledger.contents()
    contents.check()
    #expect(contents.accounts.count == 40 && contents.users.count == 41)
  }

  @Test func `many new accounts from several sides, in opposite orders, do not wait for each other`()
    async throws
  {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes(3) { lanes in
      for round in 0..<15 {
        let users = (0..<40).map { "user\(round)-\($0)" }
        let forth = Posting.of(users.map { .credit(1, to: $0, in: points) })
        let back = Posting.of(users.reversed().map { .credit(1, to: $0, in: points) })
        async let one = lanes[0].post(forth)
        async let other = lanes[1].post(back)
        async let third = lanes[2].post(
          all: users.shuffled().map { .of(.debit(100, from: $0, in: points)) })
        let (given, taken) = await ([one, other], third)
        #expect(given.allSatisfy { $0.receipt != nil })
        #expect(taken.allSatisfy { $0.refusal != nil })
      }
      for lane in lanes { await #expect(lane.counters.failedBatches == 0) }
    }
    try await ledger.contents().check()
  }
}

struct Unexpected: Error {
  let result: PostingResult
}

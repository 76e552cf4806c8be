// Pages of an account's history, also while it grows.
import Ledger
import LedgerStore
import TestSupport
import Testing

@Suite(.serialized) struct HistoryTests {
  @Test func `pages show every transaction once, newest first, while more are posted`() async throws {
    try await withLedger { ledger in
      let key = try await ledger.key("ada")
      for amount in 1...10 { try await ledger.award(Int64(amount), to: key) }
      var query = HistoryQuery(account: key, limit: 4)
      var seen: [Int64] = []
      repeat {
        let page = try await ledger.reader.history(query)
        seen += page.transactions.map(\.version)
        query.below = page.nextBelow
        try await ledger.award(1, to: key)
      } while query.below != nil
      #expect(seen == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    }
  }

  @Test func `a page that ends with the history has no next one`() async throws {
    try await withLedger { ledger in
      let key = try await ledger.key("ada")
      for _ in 1...4 { try await ledger.award(1, to: key) }
      #expect(try await ledger.reader.history(HistoryQuery(account: key, limit: 4)).nextBelow == nil)
      #expect(try await ledger.reader.history(HistoryQuery(account: key, limit: 3)).nextBelow == 2)
      let nobody = try await ledger.key("nobody")
      let empty = try await ledger.reader.history(HistoryQuery(account: nobody, limit: 3))
      #expect(empty == HistoryPage(transactions: [], nextBelow: nil))
    }
  }

  @Test func `only the kind and the category that were asked for`() async throws {
    try await withLedger { ledger in
      let key = try await ledger.key("ada")
      try await ledger.award(10, to: key, category: "raid")
      try await ledger.deduct(1, from: key)
      try await ledger.award(20, to: key)
      try await ledger.deduct(2, from: key)
      var query = HistoryQuery(account: key, limit: 1)
      query.kind = .purchase
      let first = try await ledger.reader.history(query)
      #expect(first.transactions.map(\.amount) == [2] && first.nextBelow == 4)
      query.below = first.nextBelow
      let second = try await ledger.reader.history(query)
      #expect(second.transactions.map(\.amount) == [1] && second.nextBelow == nil)
      query = HistoryQuery(account: key, limit: 5)
      query.category = "raid"
      #expect(try await ledger.reader.history(query).transactions.map(\.amount) == [10])
    }
  }

  @Test func `from is inside, to is outside`() async throws {
    try await withLedger { ledger in
      let key = try await ledger.key("ada")
      var made: [Transaction] = []
      for _ in 1...6 { made.append(try await ledger.award(1, to: key)) }
      for from in made {
        for to in made {
          var query = HistoryQuery(account: key, limit: 10)
          (query.from, query.to) = (from.createdAt, to.createdAt)
          let expected = made.filter { $0.createdAt >= from.createdAt && $0.createdAt < to.createdAt }
          let found = try await ledger.reader.history(query)
          #expect(found.transactions.map(\.version) == expected.map(\.version).reversed())
          query.to = nil
          let open = try await ledger.reader.history(query).transactions.map(\.version)
          #expect(open == made.filter { $0.createdAt >= from.createdAt }.map(\.version).reversed())
        }
      }
    }
  }
}

// Pages of an account's history, also while it grows.
import Ledger
import LedgerStore
import PostgresClient
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

  @Test func `what is rare on a long chain is found step by step, and no page takes more than its steps`()
    async throws
  {
    let length: Int64 = 3000
    let rare: Set<Int64> = [1, 2, 701, 1500, 1501, 2999]
    try await withLedger(in: try await LedgerDatabase.withChain(length, of: "ada", rare: rare)) { ledger in
      var search = HistorySearch()
      (search.versionsPerStep, search.stepsMax) = (100, 4)
      let reader = LedgerReader(pool: ledger.pool, search: search)
      let key = try await ledger.key("ada")
      for limit in [1, 2, 10] {
        var query = HistoryQuery(account: key, limit: limit)
        query.kind = .refund
        var seen: [Int64] = []
        var sizes: [Int] = []
        repeat {
          let before = ledger.pool.statistics.statements
          let page = try await reader.history(query)
          // Where the chain ends is asked once, on the first page.
          #expect(ledger.pool.statistics.statements - before <= search.stepsMax + (sizes.isEmpty ? 1 : 0))
          seen += page.transactions.map(\.version)
          sizes.append(page.transactions.count)
          #expect((page.nextBelow ?? 0) < query.below ?? .max)
          query.below = page.nextBelow
        } while query.below != nil
        #expect(seen == rare.sorted(by: >))
        #expect(sizes.contains(0) && sizes.allSatisfy { $0 <= limit } && sizes.count > 7)
      }
    }
  }

  @Test func `a search is bounded by time too, and its range by the instants that were asked for`()
    async throws
  {
    let database = try await LedgerDatabase.withChain(1000, of: "ada", rare: [10, 700])
    try await withLedger(in: database) { ledger in
      var search = HistorySearch()
      (search.versionsPerStep, search.time) = (100, .zero)
      var query = HistoryQuery(account: try await ledger.key("ada"), limit: 5)
      query.kind = .refund
      let reader = LedgerReader(pool: ledger.pool, search: search)
      #expect(try await reader.history(query) == HistoryPage(transactions: [], nextBelow: 901))
      // A second lies between any two transactions of the chain.
      let start: Int64 = 1_700_000_000_000_000
      query.from = Instant(microseconds: start + 600 * 1_000_000)
      query.to = Instant(microseconds: start + 701 * 1_000_000)
      let first = try await reader.history(query)
      #expect(first.transactions.map(\.version) == [700] && first.nextBelow == 601)
      query.below = first.nextBelow
      #expect(try await reader.history(query) == HistoryPage(transactions: [], nextBelow: nil))
    }
  }
}

extension LedgerDatabase {
  /// One with an account whose transactions are a second apart, all of them awards but the rare ones.
  fileprivate static func withChain(
    _ length: Int64, of user: String, rare: Set<Int64>
  ) async throws -> LedgerDatabase {
    let database = try await make()
    try await database.run(
      "make_chain",
      """
      INSERT INTO users (id) VALUES ('\(user)');
      INSERT INTO accounts (user_id, point_type_id, balance, held, total_earned, total_spent, version,
        revision, last_transaction_at, earned_at, updated_at, user_enabled)
      SELECT '\(user)', id, n, 0, n, 0, n, n, now(), now(), now(), true
      FROM point_types, (SELECT \(length)) AS length (n);
      INSERT INTO transactions (id, user_id, point_type_id, version, type, amount, before, after,
        total_earned, total_spent, kind, occurred_at, created_at, created_by)
      SELECT gen_random_uuid(), '\(user)', t.id, n, 'credit', 1, n - 1, n, n, 0,
        CASE WHEN n IN (\(rare.map(String.init).joined(separator: ", "))) THEN 'refund' ELSE 'award' END,
        to_timestamp(1700000000 + n), to_timestamp(1700000000 + n), gen_random_uuid()
      FROM point_types t, generate_series(1, \(length)) n
      """)
    return database
  }
}

// How the ledger is cut into pages: by what they cost, and once more if they are not answered in time.
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing
import Verification

@Suite(.serialized)
struct LedgerPageTests {
  @Test func `a page ends where it has enough accounts or transactions, and never before the first`()
    async throws
  {
    try await World.running(follows: false) { world in
      for (user, transactions) in [("a", 2), ("b", 3), ("c", 9), ("d", 1), ("e", 1)] {
        for _ in 0..<transactions { try await world.post(.credit(1), to: user) }
      }
      func pages(_ count: Int, _ transactions: Int64) async throws -> [String] {
        var ends: [String] = []
        var last = AccountRange.beginning
        while ends.count < 9 {
          let page = try await LedgerVerifying(world.pool).page(
            after: last, count: count, transactions: transactions)
          if page.isLast { return ends + ["-"] }
          ends.append(page.range.through.user.text)
          last = page.range.through
        }
        return ends
      }
      #expect(try await pages(9, 5) == ["b", "c", "-"])
      #expect(try await pages(9, 4) == ["a", "b", "c", "-"])
      #expect(try await pages(9, 100) == ["-"])
      #expect(try await pages(2, 100) == ["b", "d", "-"])
      #expect(try await pages(1, 0) == ["a", "b", "c", "d", "e", "-"])
      for transactions: Int64 in [1, 5, 1_000] {
        let found = try await world.verifyLedger(transactionsMax: transactions)
        #expect(found.isWhole && found.accounts == 5 && found.transactions == 16)
      }
    }
  }

  @Test func `an account that is not answered in time is said, and all others are looked at`() async throws {
    try await World.running(follows: false) { world in
      for user in 0..<9 {
        for _ in 0..<5 { try await world.post(.credit(1), to: World.user(user)) }
      }
      try await world.damageLedger("UPDATE accounts SET total_spent = 1 WHERE user_id = 'user-7'")
      // Whoever reads a transaction of this user waits for longer than he may.
      try await world.damageLedger(
        """
        CREATE FUNCTION linger(text, double precision) RETURNS boolean VOLATILE LANGUAGE plpgsql AS $$
        BEGIN IF $1 = 'user-4' THEN PERFORM pg_sleep($2); END IF; RETURN true; END $$;
        ALTER TABLE transactions RENAME TO real_transactions;
        CREATE VIEW transactions AS SELECT * FROM real_transactions WHERE linger(user_id, 30);
        GRANT SELECT ON transactions TO PUBLIC;
        """)
      var options = try world.database.options()
      options.readByIndex()
      options.statementTimeout = .milliseconds(500)
      let pool = PostgresPool(options, PostgresPoolOptions(), on: world.loop)
      let running = world.loop.spawn { await pool.run() }
      let found = await LedgerVerifier(pool).verify(types: [world.type]) { _, _ in }
      await pool.close(within: .seconds(1))
      await running.value
      #expect(found.accounts == 8 && found.transactions == 40 && found.faultyAccounts == 1)
      #expect(found.failure != nil)
    }
  }
}

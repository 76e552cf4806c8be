// How the ledger is walked over: in stretches of what lies there, whatever order it was written in, and in
// shorter ones if they are not answered in time.
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing
import Verification

extension LedgerVerifier.Lengths {
  /// A page of each table at a time, and of accounts as few as can be.
  static var shortest: LedgerVerifier.Lengths {
    var lengths = LedgerVerifier.Lengths()
    (lengths.transactions, lengths.accounts, lengths.requests, lengths.accountsAtOnce) = (1, 1, 1, 0)
    return lengths
  }
}

@Suite(.serialized)
struct LedgerPageTests {
  /// Users with so many transactions each that their chains go over many pages.
  private static func write(_ world: World) async throws {
    for version in 0..<30 {
      for user in 0..<9 where version < 3 * (user + 1) {
        try await world.post(.credit(Int64(1 + version)), to: World.user(user))
      }
    }
  }

  private static let transactions: Int64 = 135

  @Test func `in whatever order transactions lie, each is met once and every chain is whole`() async throws {
    try await World.running(follows: false) { world in
      try await Self.write(world)
      for order in ["id", "id DESC", "version, user_id", "version DESC", "user_id, version", "md5(id::text)"]
      {
        try await world.damageLedger(
          """
          ALTER TABLE transactions DISABLE TRIGGER USER;
          CREATE TEMPORARY TABLE kept AS SELECT * FROM transactions;
          DELETE FROM transactions;
          INSERT INTO transactions SELECT * FROM kept ORDER BY \(order);
          DROP TABLE kept
          """)
        for lengths in [LedgerVerifier.Lengths(), .shortest] {
          let found = try await world.verifyLedger(lengths)
          #expect(found.isWhole, "\(order): \(found.faults.shown)")
          #expect(found.accounts == 9 && found.transactions == Self.transactions, "\(order)")
        }
      }
    }
  }

  @Test func `a user's chains are walked by themselves, also those without an account`() async throws {
    try await World.running(follows: false) { world in
      try await Self.write(world)
      let verifier = LedgerVerifier(world.pool)
      let user = UserID(stored: World.user(3))
      let found = try await verifier.verify(user, types: [])
      #expect(found.isWhole && found.accounts == 1 && found.transactions == 12)
      let other = PointTypeID(UUIDBits(high: 1, low: 1))
      #expect(try await verifier.verify(user, types: [other]).accounts == 0)
      try await world.damageLedger(
        "UPDATE transactions SET point_type_id = '\(other)' WHERE user_id = 'user-3' AND version < 3")
      let broken = try await verifier.verify(user, types: [])
      #expect(broken.accounts == 2 && broken.faultyAccounts == 2)
      #expect(broken.faults.counts == [.noAccount: 1, .gap: 1, .apart: 1, .totals: 1])
      #expect(try await verifier.verify(user, types: [other]).faults.counts == [.noAccount: 1])
      #expect(try await world.verifyLedger().faults.counts == broken.faults.counts)
    }
  }

  @Test func `a chain is walked in pages, and its faults are those of the whole`() async throws {
    try await World.running(follows: false) { world in
      try await Self.write(world)
      try await world.damageLedger(
        """
        ALTER TABLE transactions DROP CONSTRAINT transactions_check;
        UPDATE transactions SET amount = amount + 1 WHERE user_id = 'user-8' AND version = 20
        """)
      let reader = ChainReader(LedgerVerifying(world.pool))
      let key = world.key("user-8")
      for limit in [1, 2, 7, 27, 28, 500] {
        var walk = ChainWalk()
        var pages = 0
        var chain: CheckedChain?
        while chain == nil {
          chain = try await reader.readPage(&walk, key, limit: limit)
          pages += 1
        }
        #expect(chain?.broken == [.miscounted: 20] || chain?.broken == [.miscounted: 20, .totals: 20])
        #expect(chain?.links == 27 && chain?.account?.version == 27 && pages == 27 / limit + 1)
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
        ALTER TABLE transactions ENABLE ROW LEVEL SECURITY;
        CREATE POLICY lingering ON transactions USING (linger(user_id, 30));
        """)
      var options = try world.database.options()
      options.readByPlace()
      options.statementTimeout = .seconds(4)
      options.answerMargin = .seconds(30)
      let pool = PostgresPool(options, .forTests(sessionsMax: 4), on: world.loop)
      let running = world.loop.spawn { await pool.run() }
      let found = await LedgerVerifier(pool, lengths: .shortest).verify(types: [world.type]) { _, _, _ in }
      await pool.close(within: .seconds(1))
      await running.value
      #expect(found.accounts == 8 && found.faultyAccounts == 1)
      #expect(found.failure != nil)
    }
  }
}

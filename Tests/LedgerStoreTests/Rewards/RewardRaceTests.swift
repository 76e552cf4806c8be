// Several who change rewards at once, and who reads them meanwhile.
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import Rewards
import TestSupport
import Testing

@Suite struct RewardRaceTests {
  @Test func `of two rules that are saved at once and overlap one is refused`() async throws {
    try await withRewards { rewards in
      for round in Int64(0)..<20 {
        let first = round * 10 + 1
        let other = OneShot<RewardRuleSaving?>()
        let traits = try rewards.traits(.ranks(first + 2...first + 5))
        rewards.ledger.loop.spawn {
          other.fulfil(try? await rewards.rules.create(traits, in: rewards.common))
        }
        let mine = try await rewards.rules.create(
          try rewards.traits(.ranks(first...first + 3)), in: rewards.common)
        let outcomes = [mine, try #require(await other.value())]
        #expect(outcomes.count { if case .saved = $0 { true } else { false } } == 1)
        #expect(outcomes.count { if case .overlaps = $0 { true } else { false } } == 1)
      }
      let rules = try await rewards.reader.rules().held
      #expect(rules.count == 20 && RewardCoverage(of: rules.map(\.rule)).overlaps.isEmpty)
    }
  }

  @Test func `of two who change different parts of a rule both count`() async throws {
    try await withRewards { rewards in
      let rule = try await rewards.create(.ranks(1...1))
      let other = OneShot<Bool>()
      rewards.ledger.loop.spawn {
        other.fulfil((try? await rewards.update(rule.id) { $0.name = "First" }) != nil)
      }
      try await rewards.update(rule.id) { $0.reach = .ranks(1...2) }
      #expect(await other.value())
      let now = try #require(try await rewards.reader.rule(rule.id))
      #expect(now.revision == 3 && now.traits.name == "First" && now.traits.reach == .ranks(1...2))
    }
  }

  @Test func `who reads waits for a change that is under way, whatever instant it is of`() async throws {
    try await withRewards { rewards in
      let rule = try await rewards.create(.ranks(1...1))
      let before = try #require(try await rewards.set())
      let read = OneShot<RewardSet?>()
      // By the clock the change was made at once; it is committed when the reader is there.
      try await LedgerDatabase.withSession(try rewards.database.ownerOptions()) { session in
        try await session.run(
          script: SQL.script(
            "change",
            """
            BEGIN;
            SELECT pg_advisory_xact_lock(90457770119748);
            UPDATE reward_rules SET valid_until = reward_clock() + interval '1 us', ended_by = 'slow'
            """))
        rewards.ledger.loop.spawn { read.fulfil(try? await rewards.set()) }
        try await session.run(script: Self.untilSomebodyWaits)
        try await session.run(script: SQL.script("commit_change", "COMMIT"))
      }
      #expect(await read.value() == nil, "what ended is not read any more")
      let ended = try #require(try await rewards.reader.versions(of: rule.id).first)
      #expect(ended.validity.endedBy == "slow")
      #expect(try await rewards.set(at: before.at) == before)
    }
  }

  @Test func `rules are read within a transaction, and who does so keeps nobody from changing them`()
    async throws
  {
    try await withRewards { rewards in
      let rule = try await rewards.create(.ranks(1...1))
      let (points, pool) = (rewards.points, rewards.ledger.pool)
      let sets = try await pool.transaction { transaction throws(PostgresError) in
        let first = try await RewardReader.set(for: points, board: "earned", in: transaction)
        let changed = try await rewards.rules.update(rule.id) { $0.isActive = false }
        let then = try await RewardReader.set(for: points, board: "earned", at: first?.at, in: transaction)
        let now = try await RewardReader.set(for: points, board: "earned", in: transaction)
        return (first, changed, then, now)
      }
      #expect(sets.0?.rules == [rule.rule])
      guard case .saved = sets.1 else { throw Surprise(what: "\(sets.1)") }
      #expect(sets.2 == sets.0 && sets.3 == nil)
    }
  }

  private static let untilSomebodyWaits = SQL.script(
    "until_somebody_waits",
    """
    DO $$ BEGIN
      WHILE NOT EXISTS (
        SELECT FROM pg_locks WHERE NOT granted AND locktype = 'advisory'
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
      LOOP
        PERFORM pg_sleep(0.005);
      END LOOP;
    END $$
    """)
}

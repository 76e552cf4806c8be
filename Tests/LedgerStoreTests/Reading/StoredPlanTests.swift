// A statement is prepared once in each session and may keep the plan that was made for it when the tables
// were empty. What looks things up by their keys must do so by that plan, too, once they are large.
import TestSupport
import Testing

@testable import LedgerStore
@testable import PostgresClient

@Suite struct StoredPlanTests {
  private static let lookUps = [
    ReadNamedAccounts.sql, ReadAccount.sql, ReadUserAccounts.sql, ReadTransaction.sql, ReadPostings.sql,
    ReadReversibles.sql, FindTransactionAt.sql, ReadHistory.sql, ReadStamps.sql,
    FindSnapshot.sql, ReadEntries.sql, FindFirstPlace.sql, FindSnapshotRanks.sql, ReadRankHistory.sql,
    CompareSnapshots.sql, ReadScoringEntries.sql, ReadVersions.sql, FindVersionsBefore.sql,
    ReadReversalsOf.sql, ReadEntriesAt.sql, FindPlacesOfScores.sql, CompareWithPast.sql,
    ReadReportLegs.sql, FindPastStandings.sql,
  ]

  @Test func `a plan made while tables were empty scans none of them when they are large`() async throws {
    let database = try await LedgerDatabase.make()
    let scanning = try await LedgerDatabase.withSession(try database.ownerOptions()) { session in
      try await session.run(script: SQL.script("keep_plans", "SET plan_cache_mode = force_generic_plan"))
      try await session.run(script: Self.keepStatistics)
      for sql in Self.lookUps { try await session.run(script: Self.planning(sql)) }
      try await session.run(script: Self.fill)
      var scanning: [String] = []
      for sql in Self.lookUps {
        do throws(PostgresError) {
          try await session.run(script: Self.refusingScans(sql))
        } catch {
          scanning.append("\(sql.name): \(error)")
        }
      }
      return scanning
    }
    #expect(scanning == [])
  }

  private static func planning(_ sql: PostgresSQL) -> PostgresSQL {
    SQL.script("prepare", "PREPARE \(sql.name) AS \(text(of: sql));\nEXECUTE \(call(sql))")
  }

  private static func call(_ sql: PostgresSQL) -> String {
    let count = text(of: sql).matches(of: /\$(\d+)/).compactMap { Int($0.1) }.max() ?? 0
    return "\(sql.name)(\(repeatElement("NULL", count: count).joined(separator: ", ")))"
  }

  static func text(of sql: PostgresSQL) -> String {
    // libpq's end of the text is not ours.
    String(decoding: sql.text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Fails with the line of the plan that scans a table.
  private static func refusingScans(_ sql: PostgresSQL) -> PostgresSQL {
    SQL.script(
      "refuse_scans",
      """
      DO $$
      DECLARE line text;
      BEGIN
        FOR line IN EXECUTE 'EXPLAIN EXECUTE \(call(sql))' LOOP
          IF line LIKE '%Seq Scan%' THEN RAISE EXCEPTION '%', line; END IF;
        END LOOP;
      END $$
      """)
  }

  /// Autovacuum may look at a table just when it has become large, and then all plans of it are made anew.
  private static let keepStatistics = SQL.script(
    "keep_statistics",
    """
    DO $$
    DECLARE one regclass;
    BEGIN
      FOR one IN
        SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
      LOOP
        EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', one);
      END LOOP;
    END $$
    """)

  private static let fill = SQL.script(
    "fill",
    """
    INSERT INTO users (id) SELECT 'user ' || n FROM generate_series(1, 5000) n;
    INSERT INTO accounts (user_id, point_type_id, balance, held, total_earned, total_spent, version, revision,
      last_transaction_at, earned_at, updated_at, user_enabled)
    SELECT u.id, t.id, 1, 0, 1, 0, 1, 1, now(), now(), now(), true FROM users u, point_types t;
    INSERT INTO transactions (id, user_id, point_type_id, version, type, amount, before, after, total_earned,
      total_spent, kind, occurred_at, created_at, created_by)
    SELECT gen_random_uuid(), user_id, point_type_id, 1, 'credit', 1, 0, 1, 1, 0, 'award', now(), now(),
      gen_random_uuid()
    FROM accounts;
    SET session_replication_role = replica;
    INSERT INTO snapshots (id, point_type_id, board, board_name, purpose, source, enabled_only, rank_style,
      ascending, as_of, state, taken_at, members, score_sum, digest)
    SELECT gen_random_uuid(), t.id, 'earned', 'earned', 'demand', 'ledger', false, 'competition', false,
      now() + n * interval '1 day', 'complete', now(), 64, 1, sha256('')
    FROM generate_series(1, 500) n, point_types t;
    INSERT INTO snapshot_entries (snapshot_number, place, rank, user_id, score, reached_at, version)
    SELECT s.number, n, n, 'user ' || n, 1, now(), 1 FROM snapshots s, generate_series(1, 64) n;
    INSERT INTO snapshot_users (snapshot_number, first_user, users, places)
    SELECT snapshot_number, min(user_id), array_agg(user_id), array_agg(place)
    FROM snapshot_entries GROUP BY snapshot_number;
    INSERT INTO distribution_legs (amount, distribution_number, leg, place, rank, point_type_id, user_id)
    SELECT 5, d, n, n, n, t.id, 'user ' || n
    FROM generate_series(1, 20) d, generate_series(1, 2000) n, point_types t WHERE t.name = 'points';
    INSERT INTO distribution_chunks (posting_id, distribution_number, chunk, first_leg, last_leg, attempt)
    SELECT gen_random_uuid(), d, n, 4 * n - 3, 4 * n, 1
    FROM generate_series(1, 20) d, generate_series(1, 500) n;
    INSERT INTO refused_legs (posting_id, leg, refusal, figures, created_at)
    SELECT posting_id, 1, 'overflow', '{}', now() FROM distribution_chunks;
    """)
}

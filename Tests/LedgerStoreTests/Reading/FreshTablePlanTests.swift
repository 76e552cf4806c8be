// Ranks are read, and payouts planned and paid, right after they were written: before any statistics know how
// large they are. A page must cost a page then, too, and not all that lies behind it.
import TestSupport
import Testing

@testable import LedgerStore
@testable import PostgresClient

@Suite struct FreshTablePlanTests {
  private static let pages = [
    (ReadEntries.sql, "1, 50, 100"), (ReadNamedEntries.sql, "1, gen_random_uuid(), 50, 100"),
    (ReadDistributionLegs.sql, "1, 50, 100"), (ReadPaidLegs.sql, "1, 50, 100"),
    (ReadReportLegs.sql, "1, 50, 100, 1"),
  ]

  @Test(arguments: ["force_generic_plan", "force_custom_plan"])
  func `a page of what was written a moment ago costs a page`(plans: String) async throws {
    let database = try await LedgerDatabase.make()
    let complaints = try await LedgerDatabase.withSession(try database.ownerOptions()) { session in
      try await session.run(script: SQL.script("choose_plans", "SET plan_cache_mode = \(plans)"))
      try await session.run(script: Self.fill)
      var complaints: [String] = []
      for (sql, call) in Self.pages {
        do throws(PostgresError) {
          try await session.run(script: Self.refusingMore(than: 1_000, of: sql, call))
        } catch {
          complaints.append("\(sql.name): \(error)")
        }
      }
      return complaints
    }
    #expect(complaints == [])
  }

  /// Fails with a plan of which one part came upon more rows than that.
  private static func refusingMore(than rows: Int, of sql: PostgresSQL, _ call: String) -> PostgresSQL {
    SQL.script(
      "refuse_more",
      """
      PREPARE \(sql.name) AS \(StoredPlanTests.text(of: sql));
      DO $$
      DECLARE plan json;
      BEGIN
        EXECUTE 'EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE \(sql.name)(\(call))' INTO plan;
        IF jsonb_path_exists(plan::jsonb, '$.**."Actual Rows" ? (@ > \(rows))')
          OR jsonb_path_exists(plan::jsonb, '$.**."Rows Removed by Filter" ? (@ > \(rows))')
          OR jsonb_path_exists(plan::jsonb, '$.**."Rows Removed by Index Recheck" ? (@ > \(rows))')
        THEN
          RAISE EXCEPTION '%', plan;
        END IF;
        IF NOT jsonb_path_exists(plan::jsonb, '$.**."Actual Rows" ? (@ == 100)') THEN
          RAISE EXCEPTION 'this is no page: %', plan;
        END IF;
      END $$
      """)
  }

  /// One snapshot, and one payout for it.
  private static let fill = SQL.script(
    "fill",
    """
    SET session_replication_role = replica;
    INSERT INTO snapshot_entries (snapshot_number, place, rank, user_id, score, reached_at, version)
    SELECT 1, n, n, 'user ' || n, 1, now(), 1 FROM generate_series(1, 100000) n;
    INSERT INTO distribution_legs (amount, distribution_number, leg, place, rank, point_type_id, user_id)
    SELECT 5, 1, n, n, n, t.id, 'user ' || n
    FROM generate_series(1, 100000) n, point_types t WHERE t.name = 'points';
    INSERT INTO distribution_chunks (posting_id, distribution_number, chunk, first_leg, last_leg, attempt)
    SELECT gen_random_uuid(), 1, n, 400 * n - 399, 400 * n, 1 FROM generate_series(1, 250) n;
    """)
}

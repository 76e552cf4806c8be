// What stands in a database, asked directly, for tests of commands that write to it.
import Foundation
import TestSupport

@testable import EmbeddedServers

struct LedgerFacts: Sendable {
  let url: String

  @discardableResult
  func ask(_ statement: String) throws -> String {
    let arguments = ["-X", "-w", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", statement]
    let text = try Tool(program: "/usr/bin/psql", arguments: arguments).run(until: .now + .seconds(30))
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  func count(_ table: String) throws -> Int {
    Int(try ask("SELECT count(*) FROM \(table)")) ?? -1
  }

  /// How many sessions others have in this database.
  func others() throws -> Int {
    let others = """
      pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend'
      """
    return try count(others)
  }

  /// Everything that was posted and what it made of the accounts, but for ids, when it was posted, and the
  /// day of events: a world ends at the midnight before it was made, and a test may run over one.
  func world() throws -> String {
    try ask(
      """
      SELECT md5(string_agg(t::text, E'\\n' ORDER BY t)) FROM (
        SELECT format('%s %s %s %s %s %s %s %s %s', user_id, p.name, version, type, amount, after, kind,
          category, occurred_at::time) AS t
        FROM transactions JOIN point_types p ON p.id = point_type_id
        UNION ALL
        SELECT format('%s %s %s %s %s %s', user_id, p.name, a.display_name, balance, total_earned,
          total_spent)
        FROM accounts a JOIN point_types p ON p.id = point_type_id
      ) AS everything
      """)
  }

  /// Accounts that are not the fold of their transactions, and chains with a gap.
  func brokenAccounts() throws -> Int {
    Int(
      try ask(
        """
        SELECT count(*) FROM accounts a FULL JOIN (
          SELECT user_id, point_type_id, count(*) AS links, max(version) AS last,
            sum(CASE type WHEN 'credit' THEN amount ELSE -amount END) AS balance
          FROM transactions GROUP BY 1, 2) t USING (user_id, point_type_id)
        WHERE a.balance IS DISTINCT FROM t.balance OR a.version IS DISTINCT FROM t.links
          OR a.version IS DISTINCT FROM t.last
        """)) ?? -1
  }
}

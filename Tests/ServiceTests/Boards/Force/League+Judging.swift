// What must be so once a period is stored, whatever happened on the way.
import TestSupport

extension League {
  /// What the transactions come to that count in a season of a board: each by the instants written down with
  /// it. The same bytes as of a snapshot of a thousand members at the most.
  func digestOfTransactions(on board: String, _ label: String = "s") throws -> String {
    try ask(
      """
      WITH \(Self.counted(on: board)), score AS (
        SELECT t.user_id, sum(t.amount)::bigint AS score, max(t.created_at) AS reached_at
        FROM counted t
        WHERE t.label = '\(label)'
          AND NOT EXISTS (SELECT FROM users u WHERE u.id = t.user_id AND NOT u.enabled)
        GROUP BY t.user_id
      ), placed AS (
        SELECT *, rank() OVER (ORDER BY score DESC) AS rank,
          row_number() OVER (ORDER BY score DESC, reached_at, user_id) AS place
        FROM score
      )
      SELECT encode(sha256(coalesce(sha256(string_agg(int4send(rank::integer) || int8send(score)
        || timestamptz_send(reached_at) || int4send(octet_length(user_id)) || convert_to(user_id, 'UTF8'), ''
        ORDER BY place)), '')), 'hex')
      FROM placed
      """)
  }

  /// How many transactions count in each season, and of them in another one than that of their posting.
  func countsOfTransactions(on board: String) throws -> String {
    try ask(
      """
      WITH \(Self.counted(on: board))
      SELECT string_agg(label || ' ' || n || ' ' || late, ', ' ORDER BY label)
      FROM (SELECT label, count(*) AS n, count(*) FILTER (WHERE is_late) AS late FROM counted GROUP BY 1) AS c
      """)
  }

  /// With the label of the season in which each counts: that in which it happened, if it was posted before
  /// the end of that and the grace, else that in which it was posted.
  private static func counted(on board: String) -> String {
    """
    season AS (
      SELECT p.label, p.starts_at, p.ends_at, p.ends_at + make_interval(secs => b.grace_seconds) AS closes_at
      FROM periods p JOIN boards b ON b.id = p.board_id WHERE b.name = '\(board)'
    ), counted AS (
      SELECT t.user_id, t.amount, t.created_at, coalesce(h.label, c.label) AS label,
        h.label IS DISTINCT FROM c.label AND h.label IS NOT NULL AS is_late
      FROM transactions t
      LEFT JOIN season h ON t.occurred_at >= h.starts_at AND t.occurred_at < h.ends_at
        AND t.occurred_at < t.created_at AND t.created_at < h.closes_at
      LEFT JOIN season c ON t.created_at >= c.starts_at AND t.created_at < c.ends_at
      WHERE t.category = '\(category)'
    )
    """
  }

  /// Waits until the season is stored, and says what is not as it should be.
  func faults(of board: String, expecting digest: String) throws -> [String] {
    let isFrozen = try Eventually.holds(within: .seconds(20)) {
      try isServed { try state(of: board) } == "frozen"
    }
    guard isFrozen else {
      return ["\(board) is \(try state(of: board)); \(try ask("SELECT name, last_error FROM jobs"))"]
    }
    var faults: [String] = []
    let found = try self.digest(of: board)
    if found != digest { faults.append("\(board) has the digest \(found) for \(digest)") }
    if try digestOfTransactions(on: board) != digest {
      faults.append("\(board): the transactions say otherwise")
    }
    faults += try remains()
    let isGone = try Eventually.holds(within: .seconds(15)) { try !isInRedis(board) }
    if !isGone { faults.append("\(board) is still in Redis") }
    return faults
  }

  /// What is half done.
  func remains() throws -> [String] {
    let counts = try ask(Self.countsOfRemains)
    return counts == "0|0|0|0" ? [] : ["remains \(counts)"]
  }

  /// Nil while Postgres is on its way back.
  private func isServed(_ question: () throws -> String) throws -> String? { try? question() }

  /// Snapshots that are not complete; closes beyond one a period; entries, and pages of users, that belong to
  /// no complete snapshot, or are not as many as it says.
  private static let countsOfRemains = """
    SELECT (SELECT count(*) FROM snapshots WHERE state <> 'complete'),
      (SELECT count(*) - count(DISTINCT (board, period_number)) FROM snapshots WHERE purpose = 'close'),
      (SELECT count(*) FROM (
        SELECT snapshot_number, count(*) AS n, max(place) AS last FROM snapshot_entries GROUP BY 1) AS e
        FULL JOIN snapshots s ON s.number = e.snapshot_number
        WHERE (coalesce(e.n, 0), coalesce(e.last, 0)::bigint) IS DISTINCT FROM (s.members, s.members)),
      (SELECT count(*) FROM (
        SELECT snapshot_number, sum(cardinality(users)) AS n FROM snapshot_users GROUP BY 1) AS u
        FULL JOIN snapshots s ON s.number = u.snapshot_number
        WHERE coalesce(u.n, 0) IS DISTINCT FROM s.members)
    """
}

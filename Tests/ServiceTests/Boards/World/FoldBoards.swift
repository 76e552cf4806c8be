// What accounts should have on all boards in all periods, worked out from the transactions alone by one
// statement that shares nothing with the service but the meaning of its tables.
import Ledger
import PostgresClient

/// A place of an account, as it should be.
struct FoldedSlot: Hashable {
  let user: UserID
  let key: SlotKey
  let score: Int64
  let reachedAt: Int64
  let count: Int64
}

struct FoldBoards: PostgresStatement {
  static var isReadOnly: Bool { true }

  static let sql = PostgresSQL(
    "fold_boards",
    Array(
      """
      WITH entry AS (
        SELECT t.*, (o.id IS NOT NULL) AS takes_back,
          t.total_earned - coalesce(lag(t.total_earned) OVER chain, 0) AS earned,
          t.total_spent - coalesce(lag(t.total_spent) OVER chain, 0) AS spent,
          coalesce(o.kind, t.kind) AS root_kind, coalesce(o.type, t.type)::text AS root_type,
          CASE WHEN o.id IS NULL THEN t.category ELSE o.category END AS root_category,
          coalesce(o.occurred_at, t.occurred_at) AS happened_at,
          coalesce(o.created_at, t.created_at) AS written_at,
          o.amount - sum(t.amount) OVER (PARTITION BY t.reverses ORDER BY t.version) AS still_left
        FROM transactions t LEFT JOIN transactions o ON o.id = t.reverses AND o.user_id = t.user_id
        WINDOW chain AS (PARTITION BY t.user_id, t.point_type_id ORDER BY t.version)
      ),
      counted AS (
        SELECT e.*, b.number AS board, b.metric, p.number AS period,
          CASE WHEN NOT e.takes_back THEN 1 WHEN e.still_left = 0 THEN -1 ELSE 0 END AS entries
        FROM entry e
        JOIN boards b ON b.point_type_id = e.point_type_id
        CROSS JOIN LATERAL (
          SELECT coalesce(
            (SELECT h.number FROM periods h WHERE h.board_id = b.id AND e.happened_at < e.written_at
              AND h.starts_at <= e.happened_at AND e.happened_at < h.ends_at
              AND e.written_at < h.ends_at + b.grace_seconds * interval '1 second'),
            (SELECT w.number FROM periods w WHERE w.board_id = b.id
              AND w.starts_at <= e.written_at AND e.written_at < w.ends_at)) AS number
        ) home
        JOIN periods p ON p.board_id = b.id AND p.number = home.number
        WHERE (b.counts_rewards OR e.root_kind <> 'distribution')
          AND (b.only_categories IS NULL OR e.root_category = ANY (b.only_categories))
          AND (b.except_categories IS NULL OR e.root_category IS NULL
            OR e.root_category <> ALL (b.except_categories))
          AND (b.period = 'all_time' OR e.root_kind <> 'genesis')
          AND (NOT e.takes_back OR e.created_at < p.ends_at + b.grace_seconds * interval '1 second')
          AND CASE b.metric
            WHEN 'earned' THEN e.earned <> 0
            WHEN 'spent' THEN e.spent <> 0
            WHEN 'best' THEN e.root_type = 'credit' AND e.root_kind NOT IN ('refund', 'adjustment', 'penalty')
            ELSE true
          END
      ),
      best AS (
        SELECT l.user_id, l.board, l.period, l.version, max(c.amount - coalesce((
            SELECT sum(r.amount) FROM counted r
            WHERE r.reverses = c.id AND r.board = c.board AND r.period = c.period
              AND r.version <= l.version), 0)) AS score
        FROM counted l
        JOIN counted c ON c.user_id = l.user_id AND c.board = l.board AND c.period = l.period
          AND c.version <= l.version AND NOT c.takes_back
        WHERE l.metric = 'best'
        GROUP BY l.user_id, l.board, l.period, l.version
      ),
      running AS (
        SELECT c.user_id, c.board, c.period, c.version, c.created_at, c.entries,
          coalesce(b.score, sum(CASE c.metric WHEN 'earned' THEN c.earned WHEN 'spent' THEN c.spent
            WHEN 'count' THEN c.entries
            WHEN 'net' THEN CASE c.type WHEN 'credit' THEN c.amount ELSE -c.amount END END)
            OVER so_far) AS score
        FROM counted c LEFT JOIN best b USING (user_id, board, period, version)
        WINDOW so_far AS (PARTITION BY c.user_id, c.board, c.period ORDER BY c.version)
      ),
      moved AS (
        SELECT *, score <> coalesce(lag(score) OVER slot, 0) AS has_moved FROM running
        WINDOW slot AS (PARTITION BY user_id, board, period ORDER BY version)
      )
      SELECT user_id, board, period, (array_agg(score ORDER BY version DESC))[1]::bigint,
        (extract(epoch FROM coalesce(max(created_at) FILTER (WHERE has_moved),
          min(created_at))) * 1000000)::bigint,
        sum(entries)::bigint
      FROM moved GROUP BY user_id, board, period
      """.utf8))

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> FoldedSlot {
    FoldedSlot(
      user: UserID(stored: try row.value(0)), key: SlotKey(board: try row.value(1), period: try row.value(2)),
      score: try row.value(3), reachedAt: try row.value(4), count: try row.value(5))
  }
}

// What stands in the ledger about boards, as its tables have it.
import Ledger
import PostgresClient

/// A place of an account on its row.
struct ReadSlotsOfRows: PostgresStatement {
  static var isReadOnly: Bool { true }
  static let sql = PostgresSQL(
    "read_slots_of_rows",
    Array(
      """
      SELECT a.user_id, s.key, slot_values[3 * s.place - 2], slot_values[3 * s.place - 1],
        slot_values[3 * s.place]
      FROM accounts a CROSS JOIN LATERAL unnest(slot_keys) WITH ORDINALITY AS s (key, place)
      """.utf8))

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> FoldedSlot {
    FoldedSlot(
      user: UserID(stored: try row.value(0)), key: SlotKey(bits: try row.value(1)), score: try row.value(2),
      reachedAt: try row.value(3), count: try row.value(4))
  }
}

/// Who is listed in the snapshots of closed periods.
struct ReadClosedEntries: PostgresStatement {
  static var isReadOnly: Bool { true }
  static let sql = PostgresSQL(
    "read_closed_entries",
    Array(
      """
      SELECT b.number, p.number, e.rank, e.user_id, e.score,
        (extract(epoch FROM e.reached_at) * 1000000)::bigint
      FROM periods p JOIN boards b ON b.id = p.board_id JOIN snapshots s ON s.id = p.snapshot_id
      JOIN snapshot_entries e ON e.snapshot_number = s.number
      WHERE p.state = 'frozen' AND s.state = 'complete' ORDER BY 1, 2, e.place
      """.utf8))

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (key: SlotKey, row: RankedRow) {
    let key = SlotKey(board: try row.value(0), period: try row.value(1))
    let rank: Int32 = try row.value(2)
    let ranked = RankedRow(
      rank: Int64(rank), user: UserID(stored: try row.value(3)), score: try row.value(4),
      reachedAt: try row.value(5))
    return (key, ranked)
  }
}

/// A board and a period of it, whatever became of either.
struct StoredPeriod: Sendable {
  let key: SlotKey
  let boardState: String
  let state: String
  let start: Int64?
  let end: Int64?
  let isDue: Bool
  let members: Int64?
  let sum: String?
}

struct ReadStoredPeriods: PostgresStatement {
  static var isReadOnly: Bool { true }
  static let sql = PostgresSQL(
    "read_stored_periods",
    Array(
      """
      SELECT b.number, p.number, b.state, p.state,
        CASE WHEN isfinite(p.starts_at) THEN (extract(epoch FROM p.starts_at) * 1000000)::bigint END,
        CASE WHEN isfinite(p.ends_at) THEN (extract(epoch FROM p.ends_at) * 1000000)::bigint END,
        p.ends_at + b.grace_seconds * interval '1 second' <= clock_timestamp(), s.members, s.score_sum::text
      FROM boards b JOIN periods p ON p.board_id = b.id LEFT JOIN snapshots s ON s.id = p.snapshot_id
      ORDER BY b.number, p.number
      """.utf8))

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> StoredPeriod {
    StoredPeriod(
      key: SlotKey(board: try row.value(0), period: try row.value(1)), boardState: try row.value(2),
      state: try row.value(3), start: try row.optional(4), end: try row.optional(5), isDue: try row.value(6),
      members: try row.optional(7), sum: try row.optional(8))
  }
}

/// Who was enabled or disabled when.
struct ReadStandingsOfUsers: PostgresStatement {
  static var isReadOnly: Bool { true }
  static let sql = PostgresSQL(
    "read_standings_of_users",
    Array(
      """
      SELECT user_id, (extract(epoch FROM since) * 1000000)::bigint, enabled FROM user_standings ORDER BY 1, 2
      """.utf8))

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (user: UserID, since: Int64, isEnabled: Bool) {
    (UserID(stored: try row.value(0)), try row.value(1), try row.value(2))
  }
}

// How many sessions wait for a lock in the database of a test.
import PostgresClient

struct LockWaiters: PostgresStatement {
  static let sql = PostgresSQL(
    "lock_waiters",
    Array(
      """
      SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE NOT granted AND datname = current_database()
      """.utf8))

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

// How long a change of the definitions may keep writers waiting behind it.
import PostgresClient

struct LimitLockWait: PostgresStatement {
  static let sql = PostgresSQL("limit_lock_wait", PackageResources.limit_lock_wait_sql)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

// The lock under which migrations run: two processes that migrated one database at once would both find the
// same migrations missing.
import PostgresClient

struct TryMigrationLock: PostgresStatement {
  static let sql = PostgresSQL("try_migration_lock", PackageResources.try_migration_lock_sql)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Bool {
    try row.value(0)
  }
}

struct ReleaseMigrationLock: PostgresStatement {
  static let sql = PostgresSQL("release_migration_lock", PackageResources.release_migration_lock_sql)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Bool {
    try row.value(0)
  }
}

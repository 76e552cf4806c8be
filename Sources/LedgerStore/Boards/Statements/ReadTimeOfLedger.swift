// The time by which bounds of periods are chosen.
import Ledger
import PostgresClient

struct ReadTimeOfLedger: PostgresStatement {
  static let sql = PostgresSQL("read_time_of_ledger", PackageResources.read_time_of_ledger_sql)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Instant {
    try row.instant(0)
  }
}

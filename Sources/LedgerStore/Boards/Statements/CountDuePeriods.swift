// Whether there is anything to close.
import Boards
import Ledger
import PostgresClient

struct CountDuePeriods: PostgresStatement {
  static let sql = PostgresSQL("count_due_periods", PackageResources.count_due_periods_sql)
  static var isReadOnly: Bool { true }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

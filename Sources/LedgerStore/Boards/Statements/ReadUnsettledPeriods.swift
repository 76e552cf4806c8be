// The periods in which something may still count, or that are not stored yet.
import Boards
import Ledger
import PostgresClient

struct ReadUnsettledPeriods: PostgresStatement {
  static let sql = PostgresSQL("read_unsettled_periods", PackageResources.read_unsettled_periods_sql)
  static var isReadOnly: Bool { true }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PeriodOfBoard {
    try row.period()
  }
}

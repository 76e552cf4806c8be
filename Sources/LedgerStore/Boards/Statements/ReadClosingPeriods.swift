// Periods that are closed and not stored.
import Boards
import Ledger
import PostgresClient

struct ReadClosingPeriods: PostgresStatement {
  static let sql = PostgresSQL("read_closing_periods", PackageResources.read_closing_periods_sql)
  static var isReadOnly: Bool { true }

  let limit: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PeriodOfBoard {
    try row.period()
  }
}

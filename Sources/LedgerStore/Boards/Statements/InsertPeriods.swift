// Periods, laid down ahead of time.
import Boards
import Ledger
import PostgresClient

struct InsertPeriods: PostgresStatement {
  static let sql = PostgresSQL("insert_periods", PackageResources.insert_periods_sql)

  let periods: [PeriodOfBoard]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: periods) { $0.board.postgres }
    parameters.append(column: periods) { $0.period.number }
    parameters.append(column: periods) { $0.period.label }
    parameters.append(column: periods) { $0.period.start.postgres }
    parameters.append(column: periods) { $0.period.end.postgres }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.value(0)
  }
}

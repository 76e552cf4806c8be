// An open period with other bounds.
import Boards
import Ledger
import PostgresClient

struct MovePeriod: PostgresStatement {
  static let sql = PostgresSQL("move_period", PackageResources.move_period_sql)

  let board: BoardID
  let period: BoardPeriod

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(board.postgres)
    parameters.append(period.number)
    parameters.append(period.start.postgres)
    parameters.append(period.end.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PeriodOfBoard {
    try row.period()
  }
}

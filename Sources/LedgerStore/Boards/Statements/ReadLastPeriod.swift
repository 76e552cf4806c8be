// The last period that was laid down for a board.
import Boards
import Ledger
import PostgresClient

struct ReadLastPeriod: PostgresStatement {
  static let sql = PostgresSQL("read_last_period", PackageResources.read_last_period_sql)
  static var isReadOnly: Bool { true }

  let board: BoardID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(board.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PeriodOfBoard {
    try row.period()
  }
}

// One period, by its label.
import Boards
import Ledger
import PostgresClient

struct FindPeriod: PostgresStatement {
  static let sql = PostgresSQL("find_period", PackageResources.find_period_sql)
  static var isReadOnly: Bool { true }

  let board: BoardID
  let label: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(board.postgres)
    parameters.append(label)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PeriodOfBoard {
    try row.period()
  }
}

// The periods of a board, the newest first.
import Boards
import Ledger
import PostgresClient

struct ReadPeriods: PostgresStatement {
  static let sql = PostgresSQL("read_periods", PackageResources.read_periods_sql)
  static var isReadOnly: Bool { true }

  let board: BoardID
  /// The page begins below this number.
  let before: Int64
  let limit: Int64
  let begunOnly: Bool

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(board.postgres)
    parameters.append(before)
    parameters.append(limit)
    parameters.append(begunOnly)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PeriodOfBoard {
    try row.period()
  }
}

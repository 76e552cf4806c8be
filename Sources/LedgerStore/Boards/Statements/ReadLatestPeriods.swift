// How far the periods of all boards are laid down.
import Boards
import Ledger
import PostgresClient

struct ReadLatestPeriods: PostgresStatement {
  static let sql = PostgresSQL("read_latest_periods", PackageResources.read_latest_periods_sql)
  static var isReadOnly: Bool { true }

  /// Of each board.
  let limit: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PeriodOfBoard {
    try row.period()
  }
}

// Periods of boards that were removed.
import Boards
import Ledger
import PostgresClient

struct SkipPeriodsOfBoards: PostgresStatement {
  static let sql = PostgresSQL("skip_periods_of_boards", PackageResources.skip_periods_of_boards_sql)

  let boards: [BoardID]
  let reason: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: boards) { $0.postgres }
    parameters.append(reason)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

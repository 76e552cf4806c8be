// A period that could not be stored.
import Boards
import Ledger
import PostgresClient

struct FailPeriod: PostgresStatement {
  static let sql = PostgresSQL("fail_period", PackageResources.fail_period_sql)

  let board: BoardID
  let number: Int32
  let reason: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(board.postgres)
    parameters.append(number)
    parameters.append(reason)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

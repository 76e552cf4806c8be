// Periods that are over: from here on nothing counts in them.
import Boards
import Ledger
import PostgresClient

struct BeginClosing: PostgresStatement {
  static let sql = PostgresSQL("begin_closing", PackageResources.begin_closing_sql)

  let limit: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> (
    board: BoardID, number: Int32
  ) {
    (try row.id(0), try row.value(1))
  }
}

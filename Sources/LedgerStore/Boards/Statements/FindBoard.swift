// One board, as it is now.
import Boards
import Ledger
import PostgresClient

struct FindBoard: PostgresStatement {
  static let sql = PostgresSQL("find_board", PackageResources.find_board_sql)
  static var isReadOnly: Bool { true }

  let id: BoardID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> BoardDefinition {
    try row.board()
  }
}

// What may change of a board: what it is called.
import Boards
import Ledger
import PostgresClient

struct RenameBoard: PostgresStatement {
  static let sql = PostgresSQL("rename_board", PackageResources.rename_board_sql)

  let id: BoardID
  let displayName: String
  let description: String?

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
    parameters.append(displayName)
    parameters.append(description)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> BoardDefinition {
    try row.board()
  }
}

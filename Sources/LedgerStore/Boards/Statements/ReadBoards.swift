// All boards that were not removed.
import Boards
import Ledger
import PostgresClient

struct ReadBoards: PostgresStatement {
  static let sql = PostgresSQL("read_boards", PackageResources.read_boards_sql)
  static var isReadOnly: Bool { true }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> BoardDefinition {
    try row.board()
  }
}

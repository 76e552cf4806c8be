// The boards that were removed lately.
import Ledger
import PostgresClient

struct ReadRemovedBoards: PostgresStatement {
  static let sql = PostgresSQL("read_removed_boards", PackageResources.read_removed_boards_sql)
  static var isReadOnly: Bool { true }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> RemovedBoard {
    RemovedBoard(number: try row.value(0), pointType: try row.id(1))
  }
}

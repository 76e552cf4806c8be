// Boards that are to be filled.
import Ledger
import PostgresClient

struct ReadFilling: PostgresStatement {
  static let sql = PostgresSQL("read_filling", PackageResources.read_filling_sql)
  static var isReadOnly: Bool { true }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> (
    board: BoardID, after: String
  ) {
    (try row.id(0), try row.value(1))
  }
}

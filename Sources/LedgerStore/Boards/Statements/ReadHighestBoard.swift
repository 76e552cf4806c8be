// Up to which number boards were ever defined.
import PostgresClient

struct ReadHighestBoard: PostgresStatement {
  static let sql = PostgresSQL("read_highest_board", PackageResources.read_highest_board_sql)
  static var isReadOnly: Bool { true }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 { try row.value(0) }
}

// One numbering at a time.
import PostgresClient

struct TakeNumberingTurn: PostgresStatement {
  static let sql = PostgresSQL("take_numbering_turn", PackageResources.take_numbering_turn_sql)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

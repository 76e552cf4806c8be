// Up to where time can no longer go back.
import PostgresClient

struct NoteClosed: PostgresStatement {
  static let sql = PostgresSQL("note_closed", PackageResources.note_closed_sql)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

// The first lock of every writing transaction.
import PostgresClient

struct HoldDefinitions: PostgresStatement {
  static let sql = PostgresSQL("hold_definitions", PackageResources.hold_definitions_sql)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

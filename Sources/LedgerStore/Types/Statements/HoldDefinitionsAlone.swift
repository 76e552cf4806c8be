// The first lock of whoever changes a definition.
import PostgresClient

struct HoldDefinitionsAlone: PostgresStatement {
  static let sql = PostgresSQL("hold_definitions_alone", PackageResources.hold_definitions_alone_sql)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

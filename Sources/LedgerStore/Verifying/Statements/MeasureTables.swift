// How many pages the tables of the ledger have.
import PostgresClient

struct MeasureTables: PostgresStatement {
  static let sql = PostgresSQL("measure_tables", PackageResources.measure_tables_sql)
  static var isReadOnly: Bool { true }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> TableLengths {
    TableLengths(
      transactions: try row.value(0), accounts: try row.value(1), requests: try row.value(2))
  }
}

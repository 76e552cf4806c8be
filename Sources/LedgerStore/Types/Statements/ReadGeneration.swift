// Whether definitions have changed.
import PostgresClient

struct ReadGeneration: PostgresStatement {
  static let sql = PostgresSQL("read_generation", PackageResources.read_generation_sql)
  static var isReadOnly: Bool { true }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

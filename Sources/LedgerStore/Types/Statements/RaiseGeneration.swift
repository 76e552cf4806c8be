// The sign that definitions have changed.
import PostgresClient

struct RaiseGeneration: PostgresStatement {
  static let sql = PostgresSQL("raise_generation", PackageResources.raise_generation_sql)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

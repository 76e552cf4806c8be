// Positions for what is visible and has none yet.
import PostgresClient

struct NumberBatches: PostgresStatement {
  static let sql = PostgresSQL("number_batches", PackageResources.number_batches_sql)

  let limit: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

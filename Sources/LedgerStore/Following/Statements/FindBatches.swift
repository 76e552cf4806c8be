// Which batch stands at a position.
import Ledger
import PostgresClient

struct FindBatches: PostgresStatement {
  static let sql = PostgresSQL("find_batches", PackageResources.find_batches_sql)
  static var isReadOnly: Bool { true }

  let positions: [Int64]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(positions)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> LedgerPosition {
    try row.position(0)
  }
}

// Closes that are to be paid by themselves.
import Ledger
import PostgresClient

struct ListUnplannedCloses: PostgresStatement {
  static let sql = PostgresSQL("list_unplanned_closes", PackageResources.list_unplanned_closes_sql)
  static var isReadOnly: Bool { true }

  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Snapshot {
    try row.snapshot()
  }
}

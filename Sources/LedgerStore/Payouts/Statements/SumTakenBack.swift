// What earlier attempts at a line have taken back.
import Ledger
import PostgresClient

struct SumTakenBack: PostgresStatement {
  static let sql = PostgresSQL("sum_taken_back", PackageResources.sum_taken_back_sql)
  static var isReadOnly: Bool { true }

  let number: Int32
  let original: TransactionID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
    parameters.append(original.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

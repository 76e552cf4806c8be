// What a reversal left of its original, told again.
import Ledger
import PostgresClient

struct ReadRemaining: PostgresStatement {
  static let sql = PostgresSQL("read_remaining", PackageResources.read_remaining_sql)
  static var isReadOnly: Bool { true }

  let reversals: [TransactionID]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: reversals) { $0.postgres }
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (reversal: TransactionID, remaining: Int64) {
    (try row.id(0), try row.value(1))
  }
}

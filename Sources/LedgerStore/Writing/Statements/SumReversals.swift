// How much of transactions was taken back before.
import Ledger
import PostgresClient

struct SumReversals: PostgresStatement {
  static let sql = PostgresSQL("sum_reversals", PackageResources.sum_reversals_sql)

  let originals: [TransactionID]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: originals) { $0.postgres }
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (original: TransactionID, reversed: Int64) {
    (try row.id(0), try row.value(1))
  }
}

// From a transaction to the line of a payout that it is.
import Ledger
import PostgresClient

struct FindLineOfTransaction: PostgresStatement {
  static let sql = PostgresSQL("find_line_of_transaction", PackageResources.find_line_of_transaction_sql)
  static var isReadOnly: Bool { true }

  let transaction: TransactionID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(transaction.postgres)
    parameters.append(Int64(transaction.leg))
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (distribution: DistributionID, leg: Int32) {
    (try row.id(0), try row.value(1))
  }
}

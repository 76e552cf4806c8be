// What an account was at an instant, told by the last transaction before it.
import Ledger
import PostgresClient

struct FindTransactionAt: PostgresStatement {
  static let sql = PostgresSQL("find_transaction_at", PackageResources.find_transaction_at_sql)
  static var isReadOnly: Bool { true }

  let key: AccountKey
  let instant: Instant

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(key: key)
    parameters.append(instant.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Transaction {
    try row.transaction()
  }
}

// One transaction by its id.
import Ledger
import PostgresClient

struct ReadTransaction: PostgresStatement {
  static let sql = PostgresSQL("read_transaction", PackageResources.read_transaction_sql)
  static var isReadOnly: Bool { true }

  let id: TransactionID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Transaction {
    try row.transaction()
  }
}

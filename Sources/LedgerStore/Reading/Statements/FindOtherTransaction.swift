// Whether somebody else has posted.
import Ledger
import PostgresClient

struct FindOtherTransaction: PostgresStatement {
  static let sql = PostgresSQL("find_other_transaction", PackageResources.find_other_transaction_sql)
  static var isReadOnly: Bool { true }

  let service: ServiceID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(service.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Bool {
    try row.value(0)
  }
}

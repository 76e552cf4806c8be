// A page of what happened to an account.
import Ledger
import PostgresClient

struct ReadHistory: PostgresStatement {
  static let sql = PostgresSQL("read_history", PackageResources.read_history_sql)
  static var isReadOnly: Bool { true }

  let account: AccountKey
  let kind: Kind?
  let category: String?
  let above: Int64
  let below: Int64
  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(key: account)
    parameters.append(above)
    parameters.append(below)
    parameters.append(kind?.text)
    parameters.append(category)
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Transaction {
    try row.transaction()
  }
}

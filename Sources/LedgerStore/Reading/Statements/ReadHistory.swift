// What happened to an account between two versions.
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

  init(_ query: HistoryQuery, above: Int64, below: Int64, limit: Int) {
    (account, kind, category) = (query.account, query.kind, query.category)
    (self.above, self.below, self.limit) = (above, below, limit)
  }

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

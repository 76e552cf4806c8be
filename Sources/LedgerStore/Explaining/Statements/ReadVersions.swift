// Single transactions of an account, and the reversals of one.
import Ledger
import PostgresClient

struct ReadVersions: PostgresStatement {
  static let sql = PostgresSQL("read_versions", PackageResources.read_versions_sql)
  static var isReadOnly: Bool { true }

  let account: AccountKey
  let versions: [Int64]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(key: account)
    parameters.append(column: versions) { $0 }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Transaction {
    try row.transaction()
  }
}

struct ReadReversalsOf: PostgresStatement {
  static let sql = PostgresSQL("read_reversals_of", PackageResources.read_reversals_of_sql)
  static var isReadOnly: Bool { true }

  let original: TransactionID
  let user: UserID
  let version: Int64
  let end: Instant
  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(original.postgres)
    parameters.append(user.text)
    parameters.append(version)
    parameters.append(end.postgres)
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

// One account, with the name of its user.
import Ledger
import PostgresClient

struct ReadAccount: PostgresStatement {
  static let sql = PostgresSQL("read_account", PackageResources.read_account_sql)
  static var isReadOnly: Bool { true }

  let key: AccountKey

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(key: key)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> NamedAccount {
    try row.namedAccount()
  }
}

extension PostgresParameters {
  /// Two parameters: the user and the point type.
  mutating func append(key: AccountKey) {
    append(key.user.text)
    append(key.pointType.postgres)
  }
}

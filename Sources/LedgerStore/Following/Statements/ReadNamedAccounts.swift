// Accounts as they are now, with their users' names.
import Ledger
import PostgresClient

struct ReadNamedAccounts: PostgresStatement {
  static let sql = PostgresSQL("read_named_accounts", PackageResources.read_named_accounts_sql)
  static var isReadOnly: Bool { true }

  let keys: [AccountKey]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(keys: keys)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> NamedAccount {
    try row.namedAccount()
  }
}

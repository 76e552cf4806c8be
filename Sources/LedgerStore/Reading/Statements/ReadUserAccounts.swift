// What one user has, of every type.
import Ledger
import PostgresClient

struct ReadUserAccounts: PostgresStatement {
  static let sql = PostgresSQL("read_user_accounts", PackageResources.read_user_accounts_sql)
  static var isReadOnly: Bool { true }

  let user: UserID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(user.text)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> NamedAccount {
    try row.namedAccount()
  }
}

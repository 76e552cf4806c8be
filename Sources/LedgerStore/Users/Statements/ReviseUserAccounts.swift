// All accounts of a user, showing what became of the user; the balances stay as they are.
import Ledger
import PostgresClient

struct ReviseUserAccounts: PostgresStatement {
  static let sql = PostgresSQL("revise_user_accounts", PackageResources.revise_user_accounts_sql)

  let user: UserID
  let traits: UserTraits

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(user.text)
    parameters.append(traits.displayName)
    parameters.append(traits.isEnabled)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> NamedAccount {
    try row.namedAccount()
  }
}

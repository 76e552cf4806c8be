// All accounts of a user, marked as changed for mirrors; the balances stay as they are.
import Ledger
import PostgresClient

struct ReviseUserAccounts: PostgresStatement {
  static let sql = PostgresSQL("revise_user_accounts", PackageResources.revise_user_accounts_sql)

  let user: UserID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(user.text)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Account {
    try row.account()
  }
}

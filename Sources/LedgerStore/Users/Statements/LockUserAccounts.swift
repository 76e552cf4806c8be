// All accounts of a user, locked in the one order.
import Ledger
import PostgresClient

struct LockUserAccounts: PostgresStatement {
  static let sql = PostgresSQL("lock_user_accounts", PackageResources.lock_user_accounts_sql)

  let user: UserID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(user.text)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

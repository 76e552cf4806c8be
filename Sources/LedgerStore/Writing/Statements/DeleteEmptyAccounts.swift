// Accounts that were created for nothing.
import Ledger
import PostgresClient

struct DeleteEmptyAccounts: PostgresStatement {
  static let sql = PostgresSQL("delete_empty_accounts", PackageResources.delete_empty_accounts_sql)

  let keys: [AccountKey]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(keys: keys)
  }
}

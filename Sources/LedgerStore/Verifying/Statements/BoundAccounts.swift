// Where a page of all accounts ends.
import Ledger
import PostgresClient

struct BoundAccounts: PostgresStatement {
  static let sql = PostgresSQL("bound_accounts", PackageResources.bound_accounts_sql)
  static var isReadOnly: Bool { true }

  let after: AccountKey
  let count: Int64
  let transactions: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(after.user.text)
    parameters.append(after.pointType.postgres)
    parameters.append(count)
    parameters.append(transactions)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> AccountKey {
    AccountKey(user: try row.user(0), pointType: try row.id(1))
  }
}

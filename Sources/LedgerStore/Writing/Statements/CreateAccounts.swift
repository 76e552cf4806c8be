// Accounts that are missing, at version 0.
import Ledger
import PostgresClient

struct CreateAccounts: PostgresStatement {
  static let sql = PostgresSQL("create_accounts", PackageResources.create_accounts_sql)

  /// Sorted, each once.
  let keys: [AccountKey]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(keys: keys)
  }
}

extension PostgresParameters {
  /// Two arrays: the users and the point types.
  mutating func append(keys: [AccountKey]) {
    append(column: keys) { $0.user.text }
    append(column: keys) { $0.pointType.postgres }
  }
}

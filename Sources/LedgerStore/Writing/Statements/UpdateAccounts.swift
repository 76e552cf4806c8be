// The only statement that writes balances.
import Ledger
import PostgresClient

struct UpdateAccounts: PostgresStatement {
  static let sql = PostgresSQL("update_accounts", PackageResources.update_accounts_sql)

  let accounts: [Account]
  /// Where the caller locked them.
  let places: [PostgresRowPlace]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: places) { $0 }
    parameters.append(column: accounts) { $0.key.user.text }
    parameters.append(column: accounts) { $0.key.pointType.postgres }
    parameters.append(column: accounts) { $0.balance }
    parameters.append(column: accounts) { $0.held }
    parameters.append(column: accounts) { $0.totalEarned }
    parameters.append(column: accounts) { $0.totalSpent }
    parameters.append(column: accounts) { $0.version }
    parameters.append(column: accounts) { $0.revision }
    parameters.append(nullableColumn: accounts) { $0.lastTransactionAt?.postgres }
    parameters.append(nullableColumn: accounts) { $0.earnedAt?.postgres }
    parameters.append(column: accounts) { $0.updatedAt.postgres }
  }
  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

// The only statement that writes balances.
import Ledger
import PostgresClient

struct UpdateAccounts: PostgresStatement {
  static let sql = PostgresSQL("update_accounts", PackageResources.update_accounts_sql)

  let accounts: [Account]
  /// Where the caller locked them.
  let places: [PostgresRowPlace]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(rows: accounts.indices) { index, fields in
      let account = accounts[index]
      fields.append(places[index])
      fields.append(account.key.user.text)
      fields.append(account.key.pointType.postgres)
      fields.append(account.balance)
      fields.append(account.held)
      fields.append(account.totalEarned)
      fields.append(account.totalSpent)
      fields.append(account.version)
      fields.append(account.revision)
      fields.append(account.lastTransactionAt?.postgres)
      fields.append(account.earnedAt?.postgres)
      fields.append(account.updatedAt.postgres)
      fields.append(account.slots)
    }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

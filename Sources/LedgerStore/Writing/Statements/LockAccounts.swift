// The accounts of a batch, locked in the one order.
import Ledger
import PostgresClient

struct LockAccounts: PostgresStatement {
  static let sql = PostgresSQL("lock_accounts", PackageResources.lock_accounts_sql)

  /// Sorted, each once.
  let keys: [AccountKey]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(keys: keys)
  }

  struct Row {
    let account: Account
    let standing: UserStanding
    let place: PostgresRowPlace
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Row {
    Row(
      account: try row.account(),
      standing: UserStanding(displayName: try row.optional(13), isEnabled: try row.value(14)),
      place: try row.value(15))
  }
}

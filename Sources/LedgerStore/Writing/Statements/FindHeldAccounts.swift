// Whom a batch waits for.
import Ledger
import PostgresClient

struct FindHeldAccounts: PostgresStatement {
  static let sql = PostgresSQL("find_held_accounts", PackageResources.find_held_accounts_sql)

  let keys: [AccountKey]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(keys: keys)
  }

  /// Whether the account can be seen; if not, somebody may be creating it.
  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (key: AccountKey, isThere: Bool) {
    (AccountKey(user: try row.user(0), pointType: try row.id(1)), try row.value(2))
  }
}

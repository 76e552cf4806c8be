// For how many accounts boards are still to be filled.
import Boards
import Ledger
import PostgresClient

struct CountAccountsToFill: PostgresStatement {
  static let sql = PostgresSQL("count_accounts_to_fill", PackageResources.count_accounts_to_fill_sql)
  static var isReadOnly: Bool { true }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

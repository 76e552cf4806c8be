// The last position there is.
import Ledger
import PostgresClient

struct ReadHead: PostgresStatement {
  static let sql = PostgresSQL("read_head", PackageResources.read_head_sql)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> LedgerPosition {
    try row.position(0)
  }
}

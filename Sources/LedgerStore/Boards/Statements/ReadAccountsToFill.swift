// The accounts for which a new board is filled, page by page.
import Ledger
import PostgresClient

struct ReadAccountsToFill: PostgresStatement {
  static let sql = PostgresSQL("read_accounts_to_fill", PackageResources.read_accounts_to_fill_sql)
  static var isReadOnly: Bool { true }

  let type: PointTypeID
  let after: String
  let limit: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(type.postgres)
    parameters.append(after)
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> (
    user: UserID, version: Int64
  ) {
    (try row.user(0), try row.value(1))
  }
}

// Rows for users who come with their first points.
import Ledger
import PostgresClient

struct CreateUsers: PostgresStatement {
  static let sql = PostgresSQL("create_users", PackageResources.create_users_sql)

  /// Sorted, each once; none where only registered users have accounts.
  let users: [UserID]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: users) { $0.text }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> UserID {
    try row.user(0)
  }
}

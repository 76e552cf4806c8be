// Users' rows that were created for nothing.
import Ledger
import PostgresClient

struct DeleteUnusedUsers: PostgresStatement {
  static let sql = PostgresSQL("delete_unused_users", PackageResources.delete_unused_users_sql)

  let users: [UserID]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: users) { $0.text }
  }
}

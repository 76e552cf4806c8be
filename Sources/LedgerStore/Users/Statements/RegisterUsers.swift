// Users who come with a name.
import Ledger
import PostgresClient

struct RegisterUsers: PostgresStatement {
  static let sql = PostgresSQL("register_users", PackageResources.register_users_sql)

  /// Sorted, each once.
  let users: [(user: UserID, displayName: String)]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: users) { $0.user.text }
    parameters.append(column: users) { $0.displayName }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

// The standing of users, true until commit if their accounts are locked.
import Ledger
import PostgresClient

struct ReadUsers: PostgresStatement {
  static let sql = PostgresSQL("read_users", PackageResources.read_users_sql)

  let users: [UserID]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: users) { $0.text }
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (user: UserID, standing: UserStanding) {
    (
      try row.user(0),
      UserStanding(displayName: try row.optional(1), isEnabled: try row.value(2))
    )
  }
}

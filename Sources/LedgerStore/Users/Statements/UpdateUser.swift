// A user with other traits.
import Ledger
import PostgresClient

struct UpdateUser: PostgresStatement {
  static let sql = PostgresSQL("update_user", PackageResources.update_user_sql)

  let user: UserID
  let traits: UserTraits

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(user.text)
    parameters.append(traits: traits)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> UserRecord {
    try row.userRecord()
  }
}

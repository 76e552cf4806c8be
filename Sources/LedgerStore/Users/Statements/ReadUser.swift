// What is known of a user.
import Ledger
import PostgresClient

struct ReadUser: PostgresStatement {
  static let sql = PostgresSQL("read_user", PackageResources.read_user_sql)
  static var isReadOnly: Bool { true }

  let user: UserID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(user.text)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> UserRecord {
    try row.userRecord()
  }
}

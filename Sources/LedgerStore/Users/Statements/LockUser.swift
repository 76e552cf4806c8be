// A user who is about to be changed.
import Ledger
import PostgresClient

struct LockUser: PostgresStatement {
  static let sql = PostgresSQL("lock_user", PackageResources.lock_user_sql)

  let user: UserID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(user.text)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> UserRecord {
    try row.userRecord()
  }
}

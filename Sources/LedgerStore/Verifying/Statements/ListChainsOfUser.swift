// The point types of which a user has an account or a transaction.
import Ledger
import PostgresClient

struct ListChainsOfUser: PostgresStatement {
  static let sql = PostgresSQL("list_chains_of_user", PackageResources.list_chains_of_user_sql)
  static var isReadOnly: Bool { true }

  let user: UserID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(user.text)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PointTypeID {
    try row.id(0)
  }
}

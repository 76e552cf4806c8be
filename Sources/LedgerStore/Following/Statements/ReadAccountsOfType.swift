// All accounts of a point type, page by page.
import Ledger
import PostgresClient

struct ReadAccountsOfType: PostgresStatement {
  static let sql = PostgresSQL("read_accounts_of_type", PackageResources.read_accounts_of_type_sql)
  static var isReadOnly: Bool { true }

  let type: PointTypeID
  let user: UserID?
  let limit: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(type.postgres)
    parameters.append(user?.text ?? "")
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> NamedAccount {
    try row.namedAccount()
  }
}

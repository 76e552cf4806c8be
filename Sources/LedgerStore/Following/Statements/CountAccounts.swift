// How many accounts there are, for people who watch a bar.
import Ledger
import PostgresClient

struct CountAccounts: PostgresStatement {
  static let sql = PostgresSQL("count_accounts", PackageResources.count_accounts_sql)
  static var isReadOnly: Bool { true }

  let type: PointTypeID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(type.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

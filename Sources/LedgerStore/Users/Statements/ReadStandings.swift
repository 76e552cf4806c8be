// How users stand.
import Ledger
import PostgresClient

struct ReadStandings: PostgresStatement {
  static let sql = PostgresSQL("read_standings", PackageResources.read_standings_sql)
  static var isReadOnly: Bool { true }

  let users: [UserID]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: users) { $0.text }
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (user: UserID, standing: RegisteredUser) {
    (try row.user(0), RegisteredUser(isEnabled: try row.value(1), hasName: try row.value(2)))
  }
}

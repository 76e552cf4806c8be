// How far boards are filled.
import Ledger
import PostgresClient

struct NoteFilled: PostgresStatement {
  static let sql = PostgresSQL("note_filled", PackageResources.note_filled_sql)

  let boards: [BoardID]
  let user: UserID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: boards) { $0.postgres }
    parameters.append(user.text)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

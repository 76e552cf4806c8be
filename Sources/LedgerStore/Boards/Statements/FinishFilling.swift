// Boards that are filled.
import Ledger
import PostgresClient

struct FinishFilling: PostgresStatement {
  static let sql = PostgresSQL("finish_filling", PackageResources.finish_filling_sql)

  let boards: [BoardID]
  let at: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: boards) { $0.postgres }
    parameters.append(at)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> BoardID { try row.id(0) }
}

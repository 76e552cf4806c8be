// A period that is stored.
import Boards
import Ledger
import PostgresClient

struct FreezePeriod: PostgresStatement {
  static let sql = PostgresSQL("freeze_period", PackageResources.freeze_period_sql)

  let board: BoardID
  let number: Int32
  let snapshot: SnapshotID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(board.postgres)
    parameters.append(number)
    parameters.append(snapshot.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.value(0)
  }
}

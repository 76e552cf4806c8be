// Snapshots that were begun and are not there yet.
import Ledger
import PostgresClient

/// Begins anew; no row if it is not being built any more.
struct BeginAttempt: PostgresStatement {
  static let sql = PostgresSQL("begin_attempt", PackageResources.begin_attempt_sql)

  let id: SnapshotID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Snapshot {
    try row.snapshot()
  }
}

/// Those that nobody seems to be taking.
struct ListAbandoned: PostgresStatement {
  static let sql = PostgresSQL("list_abandoned", PackageResources.list_abandoned_sql)

  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Snapshot {
    try row.snapshot()
  }
}

/// Whether the places of accounts in a period still stand; no row if they do not.
struct FindCountingPeriod: PostgresStatement {
  static let sql = PostgresSQL("find_counting_period", PackageResources.find_counting_period_sql)
  static var isReadOnly: Bool { true }

  let board: BoardID
  let number: Int32

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(board.postgres)
    parameters.append(number)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.value(0)
  }
}

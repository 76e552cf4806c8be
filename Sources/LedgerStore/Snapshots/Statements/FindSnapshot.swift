// A snapshot's row, by its id or by the period that it closes.
import Ledger
import PostgresClient

struct FindSnapshot: PostgresStatement {
  static let sql = PostgresSQL("find_snapshot", PackageResources.find_snapshot_sql)
  static var isReadOnly: Bool { true }

  let id: SnapshotID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Snapshot {
    try row.snapshot()
  }
}

struct FindClose: PostgresStatement {
  static let sql = PostgresSQL("find_close", PackageResources.find_close_sql)
  static var isReadOnly: Bool { true }

  let board: SnapshotBoard.Key
  let period: Int32

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(board.text)
    parameters.append(period)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Snapshot {
    try row.snapshot()
  }
}

/// Takes it in hand for the rest of the transaction; no row if somebody else has it.
struct LockSnapshot: PostgresStatement {
  static let sql = PostgresSQL("lock_snapshot", PackageResources.lock_snapshot_sql)

  let id: SnapshotID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Snapshot {
    try row.snapshot()
  }
}

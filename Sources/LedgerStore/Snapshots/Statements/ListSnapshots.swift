// Snapshots, a page at a time.
import Ledger
import PostgresClient

/// Of every state, the last begun first.
struct ListSnapshots: PostgresStatement {
  static let sql = PostgresSQL("list_snapshots", PackageResources.list_snapshots_sql)
  static var isReadOnly: Bool { true }

  let pointType: PointTypeID?
  let board: SnapshotBoard.Key?
  let before: SnapshotNumber
  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(pointType?.postgres)
    parameters.append(board?.text)
    parameters.append(before.value)
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Snapshot {
    try row.snapshot()
  }
}

/// The complete ones of a board, the newest first.
struct ListBoardSnapshots: PostgresStatement {
  static let sql = PostgresSQL("list_board_snapshots", PackageResources.list_board_snapshots_sql)
  static var isReadOnly: Bool { true }

  let board: BoardOfType
  let purpose: SnapshotPlan.Purpose?
  let before: SnapshotCursor
  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(board: board, purpose)
    parameters.append(cursor: before)
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Snapshot {
    try row.snapshot()
  }
}

struct ListExpired: PostgresStatement {
  static let sql = PostgresSQL("list_expired", PackageResources.list_expired_sql)
  static var isReadOnly: Bool { true }

  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Snapshot {
    try row.snapshot()
  }
}

extension PostgresParameters {
  /// Point type, board, and of which purpose only.
  mutating func append(board: BoardOfType, _ purpose: SnapshotPlan.Purpose?) {
    append(board.pointType.postgres)
    append(board.key.text)
    append(purpose?.rawValue)
  }

  mutating func append(cursor: SnapshotCursor) {
    append(cursor.asOf.postgres)
    append(cursor.number.value)
  }
}

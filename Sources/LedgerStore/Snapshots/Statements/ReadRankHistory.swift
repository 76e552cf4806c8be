// The ranks of one user over many snapshots.
import Ledger
import PostgresClient

struct ReadRankHistory: PostgresStatement {
  static let sql = PostgresSQL("read_rank_history", PackageResources.read_rank_history_sql)
  static var isReadOnly: Bool { true }

  let board: BoardOfType
  let purpose: SnapshotPlan.Purpose?
  let user: UserID
  let before: SnapshotCursor
  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(board: board, purpose)
    parameters.append(user.text)
    parameters.append(cursor: before)
    parameters.append(Int64(limit))
  }

  /// A snapshot that was looked at, and the user's rank in it, if any.
  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (cursor: SnapshotCursor, rank: PastRank?) {
    let cursor = SnapshotCursor(asOf: try row.instant(2), number: SnapshotNumber(try row.value(1)))
    let place: Int32? = try row.optional(8)
    return (cursor, place == nil ? nil : try row.pastRank())
  }
}

struct FindBestRank: PostgresStatement {
  static let sql = PostgresSQL("find_best_rank", PackageResources.find_best_rank_sql)
  static var isReadOnly: Bool { true }

  let board: BoardOfType
  let purpose: SnapshotPlan.Purpose?
  let user: UserID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(board: board, purpose)
    parameters.append(user.text)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PastRank {
    try row.pastRank()
  }
}

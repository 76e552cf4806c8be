// What a snapshot holds: in order, or of some users.
import Ledger
import PostgresClient

struct ReadEntries: PostgresStatement {
  static let sql = PostgresSQL("read_entries", PackageResources.read_entries_sql)
  static var isReadOnly: Bool { true }

  let snapshot: SnapshotNumber
  let after: Int32
  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(snapshot.value)
    parameters.append(after)
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> SnapshotEntry {
    try row.snapshotEntry()
  }
}

struct FindFirstPlace: PostgresStatement {
  static let sql = PostgresSQL("find_first_place", PackageResources.find_first_place_sql)
  static var isReadOnly: Bool { true }

  let snapshot: SnapshotNumber
  let rank: Int32
  let members: Int32

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(snapshot.value)
    parameters.append(rank)
    parameters.append(members)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.value(0)
  }
}

struct FindSnapshotRanks: PostgresStatement {
  static let sql = PostgresSQL("find_snapshot_ranks", PackageResources.find_snapshot_ranks_sql)
  static var isReadOnly: Bool { true }

  let snapshot: SnapshotNumber
  let users: [UserID]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(snapshot.value)
    parameters.append(column: users) { $0.text }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> SnapshotEntry {
    try row.snapshotEntry()
  }
}

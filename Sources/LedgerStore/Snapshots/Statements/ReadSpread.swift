// What the distribution of a snapshot's scores is made of.
import Boards
import Ledger
import PostgresClient

struct ReadEntriesAt: PostgresStatement {
  static let sql = PostgresSQL("read_entries_at", PackageResources.read_entries_at_sql)
  static var isReadOnly: Bool { true }

  let snapshot: SnapshotNumber
  let places: [Int32]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(snapshot.value)
    parameters.append(column: places) { $0 }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

struct FindPlacesOfScores: PostgresStatement {
  static let sql = PostgresSQL("find_places_of_scores", PackageResources.find_places_of_scores_sql)
  static var isReadOnly: Bool { true }

  let snapshot: Snapshot
  let scores: [Int64]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(snapshot.number.value)
    parameters.append(column: scores) { $0 }
    parameters.append(snapshot.plan.order.isAscending)
    parameters.append(Int32(clamping: snapshot.contents?.members ?? 0))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.value(0)
  }
}

// What a snapshot holds, with the names that users have now.
import Boards
import Ledger
import PostgresClient

struct ReadNamedEntries: PostgresStatement {
  static let sql = PostgresSQL("read_named_entries", PackageResources.read_named_entries_sql)
  static var isReadOnly: Bool { true }

  let snapshot: SnapshotNumber
  let pointType: PointTypeID
  let after: Int32
  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(snapshot.value)
    parameters.append(pointType.postgres)
    parameters.append(after)
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> NamedEntry {
    NamedEntry(try row.snapshotEntry(), displayName: try row.optional(6))
  }
}

struct FindPastStandings: PostgresStatement {
  static let sql = PostgresSQL("find_past_standings", PackageResources.find_past_standings_sql)
  static var isReadOnly: Bool { true }

  let snapshot: SnapshotNumber
  let pointType: PointTypeID
  let users: [UserID]
  let isCompetition: Bool

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(snapshot.value)
    parameters.append(pointType.postgres)
    parameters.append(column: users) { $0.text }
    parameters.append(isCompetition)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PastStanding {
    let firstOfEquals: Int32 = try row.value(7)
    return PastStanding(
      row: NamedEntry(try row.snapshotEntry(), displayName: try row.optional(6)),
      better: Int64(firstOfEquals) - 1, nextScore: try row.optional(8))
  }
}

struct FindPlaceOfScore: PostgresStatement {
  static let sql = PostgresSQL("find_place_of_score", PackageResources.find_place_of_score_sql)
  static var isReadOnly: Bool { true }

  let snapshot: Snapshot
  let score: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(snapshot.number.value)
    parameters.append(score)
    parameters.append(snapshot.plan.order.isAscending)
    parameters.append(Int32(clamping: snapshot.contents?.members ?? 0))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.value(0)
  }
}

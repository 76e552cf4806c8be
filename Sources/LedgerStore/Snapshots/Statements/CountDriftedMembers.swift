// A snapshot that was read of a mirror, held against the ledger.
import PostgresClient

struct CountDriftedMembers: PostgresStatement {
  static let sql = PostgresSQL("count_drifted_members", PackageResources.count_drifted_members_sql)
  static var isReadOnly: Bool { true }

  let snapshot: SnapshotNumber

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(snapshot.value)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

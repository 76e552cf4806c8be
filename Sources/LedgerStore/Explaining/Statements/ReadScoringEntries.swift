// Transactions of accounts between two versions, as scores are made of them.
import Ledger
import PostgresClient

struct ReadScoringEntries: PostgresStatement {
  static let sql = PostgresSQL("read_scoring_entries", PackageResources.read_scoring_entries_sql)
  static var isReadOnly: Bool { true }

  let type: PointTypeID
  let ranges: [VersionRange]
  /// What is taken back from here on is not.
  let end: Instant
  /// Nor is what is taken back by a later version.
  let version: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(type.postgres)
    parameters.append(column: ranges) { $0.user.text }
    parameters.append(column: ranges) { $0.above }
    parameters.append(column: ranges) { $0.until }
    parameters.append(end.postgres)
    parameters.append(version)
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (user: UserID, entry: ScoringEntry) {
    (try row.user(0), ScoringEntry(try row.pastEntry(), reversed: try row.value(18)))
  }
}

/// Versions of a user's account.
struct VersionRange: Sendable {
  let user: UserID
  let above: Int64
  /// The last.
  let until: Int64

  var count: Int64 { max(0, until - above) }
}

// The ranks of users in the last snapshot before now.
import Ledger
import PostgresClient

struct CompareWithPast: PostgresStatement {
  static let sql = PostgresSQL("compare_with_past", PackageResources.compare_with_past_sql)
  static var isReadOnly: Bool { true }

  let board: BoardOfType
  let search: PastRanks.Search
  let users: [UserID]

  struct Row: Sendable {
    let snapshot: SnapshotID
    let purpose: String
    let period: String?
    let asOf: Instant
    let user: UserID?
    let rank: Int32?
  }

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(board.pointType.postgres)
    parameters.append(board.key.text)
    parameters.append(search.period?.number)
    parameters.append((search.period?.start ?? Instant(microseconds: .min)).postgres)
    parameters.append(search.looksWithin)
    parameters.append(search.closedBefore.postgres)
    parameters.append(column: users) { $0.text }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Row {
    Row(
      snapshot: try row.id(0), purpose: try row.value(1), period: try row.optional(2),
      asOf: try row.instant(3), user: try row.optional(4, as: String.self).map { UserID(stored: $0) },
      rank: try row.optional(5))
  }
}

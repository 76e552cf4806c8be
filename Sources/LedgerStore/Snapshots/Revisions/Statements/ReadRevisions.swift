// What is asked of revisions.
import Ledger
import PostgresClient

struct FindNewestRevision: PostgresStatement {
  static let sql = PostgresSQL("find_newest_revision", PackageResources.find_newest_revision_sql)
  static var isReadOnly: Bool { true }

  let original: SnapshotID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(original.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Snapshot {
    try row.snapshot()
  }
}

/// The snapshot by which a closed period is shown.
struct FindShownClose: PostgresStatement {
  static let sql = PostgresSQL("find_shown_close", PackageResources.find_shown_close_sql)
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

struct ReadRevisions: PostgresStatement {
  static let sql = PostgresSQL("read_revisions", PackageResources.read_revisions_sql)
  static var isReadOnly: Bool { true }

  let original: SnapshotID
  let below: Int32
  let limit: Int

  struct Row: Sendable {
    let snapshot: Snapshot
    let why: String?
    let actor: String?
  }

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(original.postgres)
    parameters.append(below)
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Row {
    Row(snapshot: try row.snapshot(), why: try row.optional(39), actor: try row.optional(40))
  }
}

struct ReadChanges: PostgresStatement {
  static let sql = PostgresSQL("read_changes", PackageResources.read_changes_sql)
  static var isReadOnly: Bool { true }

  let numbers: [SnapshotNumber]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: numbers) { $0.value }
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (number: SnapshotNumber, change: SnapshotChange) {
    (SnapshotNumber(try row.value(0)), try row.snapshotChange(from: 1))
  }
}

/// What was changed of one user, in the order of the line.
struct ReadFixes: PostgresStatement {
  static let sql = PostgresSQL("read_fixes", PackageResources.read_fixes_sql)
  static var isReadOnly: Bool { true }

  let original: SnapshotID
  let until: Int32
  let user: UserID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(original.postgres)
    parameters.append(until)
    parameters.append(user.text)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> SnapshotFix {
    SnapshotFix(
      revision: try row.value(0), snapshot: try row.id(1), why: try row.value(2),
      change: try row.snapshotChange(from: 3))
  }
}

extension PostgresRow {
  /// user_id, score_was, score, reached_at.
  fileprivate func snapshotChange(from first: Int) throws(PostgresDecodingError) -> SnapshotChange {
    let score: Int64? = try optional(first + 2)
    let fixed: SnapshotChange.Fixed? =
      if let score { SnapshotChange.Fixed(score: score, reachedAt: try instant(first + 3)) } else { nil }
    return SnapshotChange(user: try user(first), scoreWas: try value(first + 1), fixed: fixed)
  }
}

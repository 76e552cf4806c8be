// What becomes of a snapshot's row beside being completed.
import Ledger
import PostgresClient

struct FailSnapshot: PostgresStatement {
  static let sql = PostgresSQL("fail_snapshot", PackageResources.fail_snapshot_sql)

  let id: SnapshotID
  let reason: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
    parameters.append(reason)
  }
}

struct ResumeSnapshot: PostgresStatement {
  static let sql = PostgresSQL("resume_snapshot", PackageResources.resume_snapshot_sql)

  let id: SnapshotID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
  }
}

struct NoteComparison: PostgresStatement {
  static let sql = PostgresSQL("note_comparison", PackageResources.note_comparison_sql)

  let id: SnapshotID
  let comparison: Snapshot.Comparison

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
    parameters.append(comparison.checked)
    parameters.append(comparison.drifted)
    parameters.append(comparison.repaired)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> SnapshotNumber {
    SnapshotNumber(try row.value(0))
  }
}

struct NoteNotCompared: PostgresStatement {
  static let sql = PostgresSQL("note_not_compared", PackageResources.note_not_compared_sql)

  let id: SnapshotID
  let reason: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
    parameters.append(reason)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> SnapshotNumber {
    SnapshotNumber(try row.value(0))
  }
}

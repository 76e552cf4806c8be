// Two snapshots side by side.
import Ledger
import PostgresClient

struct CompareSnapshots: PostgresStatement {
  static let sql = PostgresSQL("compare_snapshots", PackageResources.compare_snapshots_sql)
  static var isReadOnly: Bool { true }

  let before: SnapshotNumber
  let after: SnapshotNumber
  let behind: UserID?
  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(before.value)
    parameters.append(after.value)
    // No id is empty, so all are behind that.
    parameters.append(behind?.text ?? "")
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> SnapshotDifference {
    SnapshotDifference(before: try entry(row, from: 0), after: try entry(row, from: 6))
  }

  private static func entry(
    _ row: borrowing PostgresRow, from first: Int
  ) throws(PostgresDecodingError) -> SnapshotEntry? {
    let place: Int32? = try row.optional(first)
    return place == nil ? nil : try row.snapshotEntry(from: first)
  }
}

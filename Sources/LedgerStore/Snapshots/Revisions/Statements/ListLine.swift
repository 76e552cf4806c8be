// Which snapshots a line consists of.
import Ledger
import PostgresClient

struct ListLine: PostgresStatement {
  static let sql = PostgresSQL("list_line", PackageResources.list_line_sql)
  static var isReadOnly: Bool { true }

  let original: SnapshotID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(original.postgres)
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (id: SnapshotID, revision: Int32) {
    (try row.id(0), try row.value(1))
  }
}

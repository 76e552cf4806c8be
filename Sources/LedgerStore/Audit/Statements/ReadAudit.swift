// Notes of what was decided, a page at a time.
import Ledger
import PostgresClient

struct ReadAudit: PostgresStatement {
  static let sql = PostgresSQL("read_audit", PackageResources.read_audit_sql)
  static var isReadOnly: Bool { true }

  let subject: String?
  let before: Int64
  let limit: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(subject)
    parameters.append(before)
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> AuditEntry {
    let fields = try row.array(6, of: String.self)
    let (was, became) = (
      try row.nullableArray(7, of: String.self), try row.nullableArray(8, of: String.self)
    )
    let changes = fields.indices.map { AuditNote.Change(fields[$0], from: was[$0], to: became[$0]) }
    return AuditEntry(
      id: try row.value(0), at: try row.instant(1), actor: try row.value(2), action: try row.value(3),
      subject: try row.value(4), subjectName: try row.value(5), changes: changes)
  }
}

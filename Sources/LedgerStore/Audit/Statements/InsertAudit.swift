// A note of what was decided, in the transaction in which it is done.
import PostgresClient

struct InsertAudit: PostgresStatement {
  static let sql = PostgresSQL("insert_audit", PackageResources.insert_audit_sql)

  let note: AuditNote

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(note.actor.name)
    parameters.append(note.action.rawValue)
    parameters.append(note.subject)
    parameters.append(note.subjectName)
    parameters.append(note.changes.map(\.field))
    parameters.append(note.changes.map(\.was))
    parameters.append(note.changes.map(\.became))
  }
}

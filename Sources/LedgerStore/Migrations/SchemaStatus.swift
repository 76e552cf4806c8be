// How a database's schema stands to this program. The service works only with the schema it was written for:
// anything else would be found out in the middle of a posting.
package import PostgresClient

package enum SchemaStatus: Sendable, Equatable {
  case current
  /// These migrations are missing.
  case unmigrated([String])
  /// It has a migration this program does not know.
  case newer(name: String)
  /// It has a migration by this name whose file was another.
  case changed(name: String)

  /// Compares what was applied with what is known.
  package init(applied: [AppliedMigration], known: [Migration] = Migration.all) {
    for one in applied {
      guard let ours = known.first(where: { $0.number == one.number }) else {
        self = .newer(name: one.name)
        return
      }
      guard ours.name == one.name, ours.checksum == one.checksum else {
        self = .changed(name: one.name)
        return
      }
    }
    let missing = known.filter { one in !applied.contains { $0.number == one.number } }
    self = missing.isEmpty ? .current : .unmigrated(missing.map(\.name))
  }

  /// Asks the database behind the session.
  package static func of(_ session: PostgresSession) async throws(PostgresError) -> SchemaStatus {
    SchemaStatus(applied: try await AppliedMigration.all(on: session))
  }

  package var sentence: String {
    switch self {
    case .current: "the database schema is the one of this version"
    case .unmigrated(let names):
      "the database lacks \(names.joined(separator: ", ")): run points migrate, or set POINTS_MIGRATE=on"
    case .newer(let name):
      "the database was migrated by a newer version of Points, which added \(name): run that version or a"
        + " later one"
    case .changed(let name):
      "the database was migrated with another text of \(name): run the version of Points that migrated it, or"
        + " restore the database of this one"
    }
  }
}

// How a database's schema stands to this program. The service works only with the schema it was written for,
// and with later ones that say they suit it: anything else would be found out in the middle of a posting.
package import PostgresClient

package enum SchemaStatus: Sendable, Equatable {
  case current
  /// It has migrations that this program does not know, the last of this name, and all of them suit it.
  case overlapping(name: String)
  /// These migrations are missing.
  case unmigrated([String])
  /// The role of the service may not even look: so it is after a dump was restored without its grants.
  case ungranted
  /// It has a migration this program does not know and cannot work with.
  case newer(name: String)
  /// It has a migration by this name whose file was another.
  case changed(name: String)

  /// Compares what was applied with what is known.
  package init(applied: [AppliedMigration], known: [Migration] = Migration.all) {
    let last = known.map(\.number).max() ?? 0
    for one in applied {
      guard let ours = known.first(where: { $0.number == one.number }) else {
        if one.number > last, one.worksFrom <= last { continue }
        self = .newer(name: one.name)
        return
      }
      guard ours.name == one.name, ours.checksum == one.checksum else {
        self = .changed(name: one.name)
        return
      }
    }
    let missing = known.filter { one in !applied.contains { $0.number == one.number } }
    guard missing.isEmpty else {
      self = .unmigrated(missing.map(\.name))
      return
    }
    self = applied.last { $0.number > last }.map { .overlapping(name: $0.name) } ?? .current
  }

  /// Asks the database behind the session.
  package static func of(
    _ session: PostgresSession, known: [Migration] = Migration.all
  ) async throws(PostgresError) -> SchemaStatus {
    do throws(PostgresError) {
      return SchemaStatus(applied: try await AppliedMigration.all(on: session), known: known)
    } catch {
      guard error.state == .insufficientPrivilege else { throw error }
      return .ungranted
    }
  }

  package var sentence: String {
    switch self {
    case .current: "the database schema is the one of this version"
    case .overlapping(let name):
      "the database was migrated by a newer version of Points up to \(name), which suits this one as well"
    case .unmigrated(let names):
      "the database lacks \(names.joined(separator: ", ")): run points migrate, or set POINTS_MIGRATE=on"
    case .ungranted:
      "the role of the service lacks what it was granted in this database: run points migrate, or set"
        + " POINTS_MIGRATE=on"
    case .newer(let name):
      "the database was migrated by a newer version of Points, which added \(name): run that version or a"
        + " later one"
    case .changed(let name):
      "the database was migrated with another text of \(name): run the version of Points that migrated it, or"
        + " restore the database of this one"
    }
  }
}

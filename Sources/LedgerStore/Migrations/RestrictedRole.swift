// The role that sessions of the service take. It can add to the ledger but not change it, and because a
// session takes it at its start, that holds with one database URL as well, even that of the owner.
package import PostgresClient

package enum RestrictedRole {
  package static let name = "points_service"
}

extension PostgresConnectionOptions {
  /// Has every session take the service's role, and work only with a schema this program knows, or one that
  /// suits it: a newer release may migrate the database at any time, and new sessions are made at any time.
  package mutating func serveLedger(knowing migrations: [Migration] = Migration.all) {
    role = RestrictedRole.name
    admission = { session throws(PostgresError) in
      let status = try await SchemaStatus.of(session, known: migrations)
      switch status {
      case .current, .overlapping: break
      case .newer, .unmigrated, .ungranted, .changed: throw .unsuitable(reason: status.sentence)
      }
    }
  }

  /// Has the session be its owner's own, with the time that a migration may take.
  package mutating func migrate() {
    applicationName = "points migrate"
    statementTimeout = .seconds(600)
    lockTimeout = .milliseconds(700)
  }
}

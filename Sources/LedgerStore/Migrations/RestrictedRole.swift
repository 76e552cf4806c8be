// The role that sessions of the service take. It can add to the ledger but not change it, and because a
// session takes it at its start, that holds with one database URL as well, even that of the owner.
package import PostgresClient
private import Synchronization

package enum RestrictedRole {
  package static let name = "points_service"
}

extension PostgresConnectionOptions {
  /// Has every session take the service's role, and work only with a schema this program knows.
  package mutating func serveLedger() {
    let admission = SchemaAdmission()
    role = RestrictedRole.name
    self.admission = { session throws(PostgresError) in try await admission.admit(session) }
  }

  /// Has the session be its owner's own, with the time that a migration may take.
  package mutating func migrate() {
    applicationName = "points migrate"
    statementTimeout = .seconds(600)
    lockTimeout = .seconds(10)
  }
}

/// Looks at the schema behind each new session.
private final class SchemaAdmission: Sendable {
  /// A running service goes on when a newer one migrates the database: releases must be able to overlap.
  private let hasAdmitted = Atomic(false)

  func admit(_ session: PostgresSession) async throws(PostgresError) {
    let status = try await SchemaStatus.of(session)
    switch status {
    case .current: hasAdmitted.store(true, ordering: .relaxed)
    case .newer where hasAdmitted.load(ordering: .relaxed): break
    case .newer, .unmigrated, .changed: throw .unsuitable(reason: status.sentence)
    }
  }
}

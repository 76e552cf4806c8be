// Why a database was not migrated. Each sentence is for the person who has to do something about it.
package import PostgresClient

package enum MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The database has what this program does not know, or not as this program knows it.
  case refused(SchemaStatus)
  /// Somebody else is migrating, and takes longer than we wait.
  case locked(waited: Duration)
  /// Whoever migrates may neither make the role nor give it to himself.
  case roleRefused(login: String?, PostgresServerError)
  /// One step failed; nothing of this run was kept.
  case failed(step: String, PostgresError)
  case notReached(PostgresError)

  package var description: String {
    switch self {
    case .refused(let status): status.sentence
    case .locked(let waited):
      "another process is migrating this database and has not finished within \(waited); try again later"
    case .roleRefused(let login, let error):
      "the role \(RestrictedRole.name) could not be made (\(error.message)). An administrator has to run"
        + " this, the first part only if the role is missing: CREATE ROLE \(RestrictedRole.name) NOLOGIN;"
        + " GRANT \(RestrictedRole.name) TO \(login ?? "<the user who migrates>");"
    case .failed(let step, let error): "\(step) failed, and nothing was changed: \(error)"
    case .notReached(let error): "\(error)"
    }
  }
}

// Why a service did not start, or could not go on.
package import EventLoop
package import LedgerStore

package enum ServiceError: Error, Sendable, CustomStringConvertible {
  case cannotListen(SocketError)
  /// A store is reached, but is older than what we rely on.
  case unsupportedStore(String)
  case invalidSetting(String)
  case notMigrated(MigrationError)

  package var description: String {
    switch self {
    case .cannotListen(let error): "cannot listen: \(error)"
    case .unsupportedStore(let sentence): sentence
    case .invalidSetting(let sentence): sentence
    case .notMigrated(let error): "the database was not migrated: \(error)"
    }
  }
}

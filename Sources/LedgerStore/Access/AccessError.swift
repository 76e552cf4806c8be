// Why services and keys could not be managed as asked.
package import PostgresClient

package enum AccessError: Error, Sendable, CustomStringConvertible {
  case notAName(String)
  /// A service keeps its role: its callers rely on it, and so do those who gave it.
  case otherRole(service: String, Role)
  case unknown(ServiceRegistry.Selection)
  case database(PostgresError)

  package var description: String {
    switch self {
    case .notAName(let name):
      "\(name) is no name of a service: 1 to 64 small letters, digits, dots, dashes and low lines, a letter"
        + " or digit first"
    case .otherRole(let service, let role): "the service \(service) exists, and its role is \(role.rawValue)"
    case .unknown(.key(let id)): "there is no key \(id)"
    case .unknown(.service(let name)): "there is no service \(name)"
    case .database(let error): "\(error)"
    }
  }
}

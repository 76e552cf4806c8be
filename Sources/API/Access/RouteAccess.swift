// Who may use a route.
package import HTTPServer
package import LedgerStore

package enum RouteAccess: Sendable, Equatable {
  /// Anyone, without a key.
  case open
  /// A caller with this role or a higher one.
  case role(Role)
}

/// A route as it was registered, for the documents and tests that compare what is allowed with what is
/// written.
package struct GuardedRoute: Sendable, Equatable {
  package let method: HTTPMethod
  package let pattern: String
  package let access: RouteAccess
}

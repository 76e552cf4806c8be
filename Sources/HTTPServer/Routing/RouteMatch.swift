/// What the router found for a method and a path.
package enum RouteMatch<Handler> {
  /// `route` is the route's place in `Router.routes`, for counters kept in an array. A HEAD request gets the
  /// handler of GET; the connection leaves the body out.
  case found(Handler, route: Int, PathParameters)
  /// OPTIONS for a known path, or for the whole server: to be answered 204 with Allow.
  case options(AllowedMethods)
  case methodNotAllowed(AllowedMethods)
  case notFound
}

extension RouteMatch: Sendable where Handler: Sendable {}

/// A registered route. The pattern is its name in metrics
/// and logs: paths differ without end, patterns do not.
package struct Route: Sendable {
  package let method: HTTPMethod
  package let pattern: String
  let parameterNames: [String]
}

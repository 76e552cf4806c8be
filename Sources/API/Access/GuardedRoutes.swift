// The routes of a worker, each listed with who may use it. The open ones are there from the beginning, and
// whoever adds one has to say what role it takes: there is no way in that forgets to ask.
package import HTTPServer
package import LedgerStore

package struct GuardedRoutes {
  package private(set) var router: Router<Endpoint>
  /// What was registered, in order.
  package private(set) var list: [GuardedRoute] = []
  let gate: AccessGate

  /// Adds to the routes that are there, which are open.
  package init(_ router: Router<Endpoint> = Router(), behind gate: AccessGate) {
    self.router = router
    self.gate = gate
    list = router.routes.map { GuardedRoute(method: $0.method, pattern: $0.pattern, access: .open) }
  }

  /// A route for callers of this role or a higher one.
  package mutating func on(
    _ method: HTTPMethod, _ pattern: String, for least: Role, body: Endpoint.Body = .none,
    produces: [String] = ["application/json"], handler: @escaping CallerHandler
  ) {
    router.on(method, pattern, gate.guarded(least, body: body, produces: produces, handler: handler))
    list.append(GuardedRoute(method: method, pattern: pattern, access: .role(least)))
  }
}

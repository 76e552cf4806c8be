// The routes of a worker, each registered together with who may use it. Whoever adds one has to say so: there
// is no way in that forgets to ask.
package import HTTPServer
package import LedgerStore

package struct GuardedRoutes {
  package private(set) var router: Router<Endpoint>
  /// What was registered, in order.
  package private(set) var list: [GuardedRoute] = []
  private let gate: AccessGate

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

  /// Routes that ask by themselves who sends a request, with the function given.
  package mutating func on(
    for least: Role,
    _ add: (inout Router<Endpoint>, @escaping @Sendable (HTTPExchange) async throws(Problem) -> Caller) ->
      Void
  ) {
    let known = router.routes.count
    let gate = gate
    add(&router) { exchange throws(Problem) in try await gate.admit(exchange.request, least) }
    list += router.routes[known...].map {
      GuardedRoute(method: $0.method, pattern: $0.pattern, access: .role(least))
    }
  }

  /// A route for anyone.
  package mutating func onOpen(_ method: HTTPMethod, _ pattern: String, _ endpoint: Endpoint) {
    router.on(method, pattern, endpoint)
    list.append(GuardedRoute(method: method, pattern: pattern, access: .open))
  }
}

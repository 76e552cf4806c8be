// The way to every handler that not everybody may reach: who is it, may he, and does he not ask too often. A
// route that is registered here cannot forget one of them, and is listed with who may use it.
package import EventLoop
package import HTTPServer
package import LedgerStore

/// A handler that is told who asks.
package typealias CallerHandler = @Sendable (HTTPExchange, Caller) async throws(Problem) -> HTTPResponse

package struct AccessGate: Sendable {
  private let authenticator: Authenticator
  private let rateLimiter: RateLimiter?
  private let loop: EventLoop

  /// One for each worker; the limiter is that of the process, nil for no limit.
  package init(_ authenticator: Authenticator, rateLimiter: RateLimiter?, on loop: EventLoop) {
    self.authenticator = authenticator
    self.rateLimiter = rateLimiter
    self.loop = loop
  }

  /// An endpoint for callers of this role or a higher one. Whoever shows no key at all is refused before his
  /// body is taken; whether the key is good can take a question, and is asked with the whole request at hand.
  package func guarded(
    _ least: Role, body: Endpoint.Body = .none, produces: [String] = ["application/json"],
    handler: @escaping CallerHandler
  ) -> Endpoint {
    Endpoint(
      body: body, produces: produces, headCheck: { BearerKey.flaw(in: $0.headers) },
      handle: { [self] exchange throws(Problem) in
        // Who is at hand costs no step of waiting, nor its frame.
        switch try authenticator.callerAtHand(of: exchange.request, from: exchange.peer) {
        case .caller(let caller): return try await handler(exchange, admit(caller, least))
        case .mustAsk(let key, let standIn):
          let caller = try await authenticator.caller(presenting: key, standIn: standIn)
          return try await handler(exchange, admit(caller, least))
        }
      })
  }

  /// Whether who was let in once, and is still being answered, would be let in now. Does not count as a
  /// request. A silent Postgres is bridged by what is known of the key, as for requests; beyond that, who
  /// cannot be known to be welcome is not: else a revoked key would live on whatever keeps us from asking.
  func stillAdmits(_ exchange: HTTPExchange, _ least: Role) async -> Bool {
    do throws(Problem) {
      return try await authenticator.caller(of: exchange.request, from: exchange.peer).role >= least
    } catch {
      return false
    }
  }

  /// The caller, if he has this role or a higher one and does not ask too often.
  private func admit(_ caller: Caller, _ least: Role) throws(Problem) -> Caller {
    // What is forbidden counts as well: it costs as much.
    if let delay = rateLimiter?.delay(for: caller.service, at: loop.now) {
      throw Problem(
        .rateLimited, "The service \(caller.name) sends more requests than it may.",
        fields: [ResponseField("Retry-After", "\(delay.wholeSecondsUp)")])
    }
    guard caller.role >= least else {
      throw Problem(
        .forbidden,
        "The service \(caller.name) has the role \(caller.role.rawValue); this takes \(least.rawValue).")
    }
    return caller
  }
}

extension Duration {
  /// Whole seconds, at least one: the unit of Retry-After.
  fileprivate var wholeSecondsUp: Int64 {
    max(1, components.seconds + (components.attoseconds > 0 ? 1 : 0))
  }
}

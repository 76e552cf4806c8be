// What stands behind a route: the handler, and what it takes and gives, so that the server can refuse a wrong
// body or an answer nobody accepts before any handler runs.

/// Where a request came from, as far as handlers need it.
package struct PeerAddress: Sendable {
  package let host: String
  package let isLoopback: Bool
}

/// A handler never leaves the loop of its connection. It answers, or throws the problem to be answered.
package typealias HTTPHandler = @Sendable (HTTPExchange) async throws(Problem) -> HTTPResponse

/// A handler that waits for nothing. It costs no task.
package typealias InstantHandler = @Sendable (HTTPExchange) throws(Problem) -> HTTPResponse

/// A glance at the head of a request that announces a body, before any of it is taken. It waits for nothing,
/// and what it lets pass the handler still judges; the problem it finds ends the connection.
package typealias HeadCheck = @Sendable (HTTPRequest) -> Problem?

/// A handler with what it takes and gives. A class, like the exchange: a request is handed through many
/// calls, and one reference is cheaper to hand on than the parts.
package final class Endpoint: Sendable {
  /// The body a route takes.
  package enum Body: Sendable {
    /// A body is not expected; a small one that comes is read past and ignored, a longer one answered 413.
    case none
    /// JSON of at most that many bytes, or fewer if the server takes fewer of anybody; another media type is
    /// answered 415.
    case json(limit: Int)
  }

  enum Handler: Sendable {
    case instant(InstantHandler)
    case waiting(HTTPHandler)
  }

  package let body: Body
  /// The media types of its answers, the preferred one first. A request that accepts none of them is answered
  /// 406; which one it would rather have, the handler asks the exchange.
  package let produces: [String]
  let headCheck: HeadCheck?
  let handler: Handler

  var takesBody: Bool {
    switch body {
    case .none: false
    case .json: true
    }
  }

  /// For those who hand on what they were given.
  package convenience init(
    body: Body, produces: [String], headCheck: HeadCheck? = nil, handle: @escaping HTTPHandler
  ) {
    self.init(body: body, produces: produces, headCheck: headCheck, handler: .waiting(handle))
  }

  /// `produces` is `application/json` unless given.
  package convenience init(
    body: Body = .none, produces: String..., handle: @escaping HTTPHandler
  ) {
    self.init(body: body, produces: produces, handler: .waiting(handle))
  }

  package static func instant(
    body: Body = .none, produces: String..., handle: @escaping InstantHandler
  ) -> Endpoint {
    Endpoint(body: body, produces: produces, handler: .instant(handle))
  }

  private init(body: Body, produces: [String], headCheck: HeadCheck? = nil, handler: Handler) {
    self.body = body
    self.headCheck = headCheck
    self.produces = produces.isEmpty ? ["application/json"] : produces
    self.handler = handler
  }
}

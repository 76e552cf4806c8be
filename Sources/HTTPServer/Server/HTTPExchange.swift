// One request on its way to its answer. It is made when the
// head is complete and lives until the answer is written.
import EventLoop

/// What a handler is given: the request, the parameters of its path, and who asks.
///
/// Used on its connection's loop only; the body is set once, before any handler sees the exchange.
package final class HTTPExchange: @unchecked Sendable {
  /// What is to be done once the body is complete, unless it says otherwise.
  enum Plan {
    case handle(Endpoint)
    case answer(HTTPResponse)
    /// At once, with the end of the connection: the body of somebody who may not send one is not taken.
    case refuse(HTTPResponse)
  }

  package internal(set) var request: HTTPRequest
  package let parameters: PathParameters
  package let peer: PeerAddress
  package let requestID: RequestID
  let plan: Plan
  /// The route's place among the router's routes, or their number for a path that matched none.
  let route: Int
  let begin: MonotonicInstant

  init(
    request: HTTPRequest, match: RoutedRequest, peer: PeerAddress, requestID: RequestID,
    begin: MonotonicInstant
  ) {
    self.request = request
    parameters = match.parameters
    plan = match.plan
    route = match.route
    self.peer = peer
    self.requestID = requestID
    self.begin = begin
  }

  /// Whether, of the media types its endpoint gives, the caller would rather have this one than any other.
  /// The endpoint's first type wins among equals, so it is the answer to a caller without wishes.
  package func prefers(_ type: String) -> Bool {
    guard case .handle(let endpoint) = plan else { return false }
    let types = endpoint.produces
    guard types.count > 1, request.mayNegotiate else { return types.first == type }
    return request.headers.preferredType(of: types) == type
  }
}

/// What the router and the endpoint's wishes made of a request.
struct RoutedRequest {
  let plan: HTTPExchange.Plan
  let route: Int
  var parameters = PathParameters.none
  /// How long the body may be, whether it is kept or read past.
  var bodyLimit = 0
  /// Whether anybody will look at the body. One that nobody looks at is not kept.
  var takesBody = false
}

// What becomes of a request is decided when its head is complete, before any of its body is taken, and in the
// same way whatever version of HTTP brought it.

extension HTTPWorker {
  /// Finds the endpoint and judges the head by its wishes.
  func route(_ request: HTTPRequest) -> RoutedRequest {
    switch router.match(request) {
    case .found(let endpoint, let route, let parameters):
      if request.announcesBody, let problem = endpoint.headCheck?(request) {
        return RoutedRequest(plan: .refuse(problem.response), route: route)
      }
      return judge(request, by: endpoint, route: route, parameters)
    case .options(let allowed):
      return unrouted(HTTPResponse(.noContent, fields: [ResponseField("Allow", allowed.description)]))
    case .methodNotAllowed(let allowed):
      return unrouted(Problem.methodNotAllowed(allowed).response)
    case .notFound:
      return unrouted(Problem(.notFound, "There is nothing at \(request.rawPath).").response)
    }
  }

  private func judge(
    _ request: HTTPRequest, by endpoint: Endpoint, route: Int, _ parameters: PathParameters
  ) -> RoutedRequest {
    if request.mayNegotiate, !endpoint.produces.contains(where: { request.headers.accepts($0) }) {
      let types = endpoint.produces.joined(separator: " or ")
      let problem = Problem(.notAcceptable, "This answer is only given as \(types).")
      return unwanting(.answer(problem.response), route: route)
    }
    guard case .json(let limit) = endpoint.body else {
      return unwanting(.handle(endpoint), route: route, parameters: parameters)
    }
    // What is empty is of no type; many clients announce it all the same.
    let isEmpty = request.framing == .none || request.framing == .length(0)
    guard isEmpty || request.headers.hasContentType("application/json") else {
      let problem = Problem(.unsupportedMediaType, "The body must be sent as application/json.")
      return unwanting(.answer(problem.response), route: route, bodyLimit: limit)
    }
    return RoutedRequest(
      plan: .handle(endpoint), route: route, parameters: parameters,
      bodyLimit: min(limit, limits.request.body), takesBody: true)
  }

  private func unrouted(_ response: HTTPResponse) -> RoutedRequest {
    unwanting(.answer(response), route: router.routes.count)
  }

  /// Nobody will look at this body, so it is not kept. A small one is read past; for more than that the
  /// answer is given at once, and no more of it is taken.
  private func unwanting(
    _ plan: HTTPExchange.Plan, route: Int, parameters: PathParameters = .none, bodyLimit: Int = .max
  ) -> RoutedRequest {
    RoutedRequest(
      plan: plan, route: route, parameters: parameters,
      bodyLimit: min(bodyLimit, limits.request.body, limits.unwantedBody))
  }
}

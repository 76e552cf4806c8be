// Finds the handler for a method and a path. Patterns form a tree of segments: at each level literal segments
// are tried first, then the one parameter; if the more literal way leads nowhere the other one is tried. The
// path is matched as bytes, segment by segment, and only an escaped segment is decoded, so the usual match
// allocates nothing and an escaped slash stays inside its segment. "/a" and "/a/" are two paths.

package struct Router<Handler> {
  private var nodes = [RouteNode()]
  private var handlers: [Handler] = []
  package private(set) var routes: [Route] = []

  package init() {}

  /// Registers a handler; its route's index is returned. The same method and pattern twice, or two names for
  /// the parameter at one place, are mistakes of ours and stop the process.
  @discardableResult
  package mutating func on(_ method: HTTPMethod, _ pattern: String, _ handler: Handler) -> Int {
    precondition(method != .other && method != .options, "OPTIONS is answered by the router: \(pattern)")
    let parsed = RoutePattern(pattern)
    var node = 0
    for segment in parsed.segments { node = child(of: node, for: segment, in: pattern) }
    precondition(
      nodes[node].routes[Int(method.rawValue)] < 0, "\(method.name) \(pattern) is registered twice.")
    nodes[node].routes[Int(method.rawValue)] = routes.count
    nodes[node].allowed.insert(AllowedMethods(method))
    nodes[node].allowed.insert(AllowedMethods(.options))
    if method == .get { nodes[node].allowed.insert(AllowedMethods(.head)) }
    routes.append(Route(method: method, pattern: pattern, parameterNames: parsed.parameterNames))
    handlers.append(handler)
    return routes.count - 1
  }

  package func match(_ request: HTTPRequest) -> RouteMatch<Handler> {
    if request.isForServer { return .options(allMethods) }
    return match(request.method, in: request.headers.head, path: request.parts.path)
  }

  /// Matches a path as it stands in a request line, without its query.
  package func match(_ method: HTTPMethod, path: String) -> RouteMatch<Handler> {
    let bytes = Array(path.utf8)
    return match(method, in: bytes, path: bytes.indices)
  }

  /// The path is decided before the method: a path that is registered more literally is never answered by the
  /// handler of a parameter because only that one has the method.
  private func match(_ method: HTTPMethod, in bytes: [UInt8], path: Range<Int>) -> RouteMatch<Handler> {
    guard path.isEmpty || bytes[path.lowerBound] == 0x2F else { return .notFound }
    var places = ParameterPlaces()
    let found = find(bytes.span.extracting(0..<path.upperBound), from: path.lowerBound + 1, under: 0, &places)
    guard let found else { return .notFound }
    let allowed = nodes[found].allowed
    if method == .options { return .options(allowed) }
    var route = nodes[found].routes[Int(method.rawValue)]
    if route < 0, method == .head { route = nodes[found].routes[Int(HTTPMethod.get.rawValue)] }
    guard route >= 0 else { return .methodNotAllowed(allowed) }
    let names = places.count == 0 ? [] : routes[route].parameterNames
    let text = places.count == 0 ? [] : bytes
    return .found(handlers[route], route: route, PathParameters(bytes: text, names: names, places: places))
  }

  /// The node at which the rest of the path ends. Every node is reached by one way only, so trying again from
  /// a parameter costs at most one visit of each node.
  private func find(
    _ path: Span<UInt8>, from start: Int, under node: Int, _ places: inout ParameterPlaces
  ) -> Int? {
    // The path of a URL without one is empty and means "/": its only segment is empty.
    guard start <= path.count || node == 0 else { return nodes[node].allowed.isEmpty ? nil : node }
    var end = min(start, path.count)
    let segmentStart = end
    while end < path.count, path[end] != 0x2F { end += 1 }
    let segment = path.extracting(segmentStart..<end)
    let isEscaped = PercentDecoding.needsDecoding(segment, plusIsSpace: false)
    for index in nodes[node].literals.indices
    where matches(segment, isEscaped: isEscaped, literal: index, of: node) {
      let next = nodes[node].literals[index].node
      if let found = find(path, from: end + 1, under: next, &places) { return found }
    }
    guard let parameter = nodes[node].parameter?.node, segment.count > 0 else { return nil }
    places.push(segmentStart..<end)
    if let found = find(path, from: end + 1, under: parameter, &places) { return found }
    places.pop()
    return nil
  }

  private func matches(_ segment: Span<UInt8>, isEscaped: Bool, literal: Int, of node: Int) -> Bool {
    let text = nodes[node].literals[literal].text
    guard !isEscaped else {
      let decoded = try? PercentDecoding.decode(segment, plusIsSpace: false, place: "")
      return decoded.map { $0.utf8.elementsEqual(text) } ?? false
    }
    guard segment.count == text.count else { return false }
    for index in segment.indices where segment[index] != text[index] { return false }
    return true
  }

  private mutating func child(of node: Int, for segment: RoutePattern.Segment, in pattern: String) -> Int {
    switch segment {
    case .literal(let text):
      if let known = nodes[node].literals.first(where: { $0.text == text }) { return known.node }
      nodes[node].literals.append((text, nodes.count))
    case .parameter(let name):
      if let known = nodes[node].parameter {
        precondition(known.name == name, "\(pattern) names a parameter unlike another pattern: \(known.name)")
        return known.node
      }
      nodes[node].parameter = (name, nodes.count)
    }
    nodes.append(RouteNode())
    return nodes.count - 1
  }

  private var allMethods: AllowedMethods {
    nodes.reduce(into: AllowedMethods(.options)) { $0.formUnion($1.allowed) }
  }
}

extension Router: Sendable where Handler: Sendable {}

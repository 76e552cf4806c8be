// A path pattern such as "/points/users/{userId}", taken apart. Patterns are written by us, so a wrong one is
// a broken invariant and stops the start of the process.

struct RoutePattern {
  enum Segment: Equatable {
    case literal([UInt8])
    case parameter(String)
  }

  let segments: [Segment]

  init(_ text: String) {
    precondition(text.utf8.first == 0x2F, "A pattern begins with a slash: \(text)")
    segments = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { part in
      if part.first == "{", part.last == "}" {
        let name = part.dropFirst().dropLast()
        precondition(
          !name.isEmpty && name.utf8.allSatisfy(\.isToken), "A parameter has a plain name: \(text)")
        return .parameter(String(name))
      }
      let isPlain = part.utf8.allSatisfy { $0.isTarget && $0 != 0x25 && $0 != 0x3F }
      precondition(isPlain, "A pattern is written unescaped and needs no escaping: \(text)")
      return .literal(Array(part.utf8))
    }
    let names = parameterNames
    precondition(Set(names).count == names.count, "A parameter name occurs once in a pattern: \(text)")
    precondition(names.count <= ParameterPlaces.countMax, "A pattern has few parameters: \(text)")
  }

  var parameterNames: [String] {
    segments.compactMap { segment in
      if case .parameter(let name) = segment { name } else { nil }
    }
  }
}

// Splits a request target into authority, path and query. Accepted are a path ("/points"), a whole URL
// ("http://host/points", whose authority then stands in for Host), and "*" for OPTIONS. A fragment cannot
// occur: its sign was refused as a byte.

struct TargetReader {
  private let head: [UInt8]
  private let target: Range<Int>
  private let method: HTTPMethod

  init(head: [UInt8], target: Range<Int>, method: HTTPMethod) {
    self.head = head
    self.target = target
    self.method = method
  }

  /// The method of the parts is left for the caller to fill in.
  func read() throws(ParseFailure) -> RequestParts {
    let first = head[target.lowerBound]
    if first == 0x2F { return split(target, authority: 0..<0) }
    if first == 0x2A, target.count == 1, method == .options {
      return RequestParts(method: 0..<0, path: target, query: 0..<0, authority: 0..<0)
    }
    return try readURL()
  }

  private func readURL() throws(ParseFailure) -> RequestParts {
    guard let start = endOfScheme() else { throw .malformedTarget }
    var end = start
    while end < target.upperBound, head[end] != 0x2F, head[end] != 0x3F { end += 1 }
    guard Authority.isValid(head.span.extracting(start..<end)) else { throw .malformedTarget }
    return split(end..<target.upperBound, authority: start..<end)
  }

  private func endOfScheme() -> Int? {
    let start = target.lowerBound
    for scheme in ["http://", "https://"] {
      let end = start + scheme.utf8.count
      if end < target.upperBound, head.span.extracting(start..<end).spellsIgnoringCase(scheme) { return end }
    }
    return nil
  }

  /// Divides at the first question mark. A URL without a
  /// path has an empty one, which the router reads as "/".
  private func split(_ range: Range<Int>, authority: Range<Int>) -> RequestParts {
    var mark = range.lowerBound
    while mark < range.upperBound, head[mark] != 0x3F { mark += 1 }
    let query = min(mark + 1, range.upperBound)..<range.upperBound
    return RequestParts(method: 0..<0, path: range.lowerBound..<mark, query: query, authority: authority)
  }
}

// The header fields of a request. The head's bytes are kept once, as they came,
// beside an index of ranges: a request costs two allocations however many
// fields it has, and only a field that somebody asks for becomes a String.

package struct HeaderFields: Sendable {
  /// The whole head, from the request line to the empty line.
  let head: [UInt8]
  let ranges: [FieldRange]

  package var count: Int { ranges.count }

  /// The value of the first field of that name. Bytes that
  /// are not UTF-8 are replaced: fields may hold any byte.
  package subscript(_ name: String) -> String? {
    guard let range = firstRange(of: name) else { return nil }
    return text(range)
  }

  /// Every value of that name, in the order sent.
  package func values(of name: String) -> [String] {
    var found: [String] = []
    forEachRange(of: name) { found.append(text($0)) }
    return found
  }

  /// The value of a field that makes sense only once (a key, a token); sent twice, one could be checked and
  /// the other one used, so that is refused.
  package func only(_ name: String) throws(RequestError) -> String? {
    guard let found = try onlyRange(of: name) else { return nil }
    guard let text = head.span.extracting(found).validString() else { throw .fieldNotText(name) }
    return text
  }

  /// Lends the bytes of a field that makes sense only once, without a String.
  package func withOnly<Result>(
    _ name: String, _ body: (Span<UInt8>) -> Result
  ) throws(RequestError) -> Result? {
    guard let found = try onlyRange(of: name) else { return nil }
    return body(head.span.extracting(found))
  }

  private func onlyRange(of name: String) throws(RequestError) -> Range<Int>? {
    var found: Range<Int>?
    for range in ranges where head.span.extracting(range.name).spellsIgnoringCase(name) {
      guard found == nil else { throw .fieldRepeated(name) }
      found = range.value
    }
    return found
  }

  /// Whether a field of that name was sent.
  package func contains(_ name: String) -> Bool { firstRange(of: name) != nil }

  /// Lends the bytes of the first field of that name, without a String.
  package func withValue<Result>(of name: String, _ body: (Span<UInt8>) -> Result) -> Result? {
    guard let range = firstRange(of: name) else { return nil }
    return body(head.span.extracting(range))
  }

  /// All fields as they were sent, for logs and tests.
  package var all: [(name: String, value: String)] {
    ranges.map { (text($0.name), text($0.value)) }
  }

  func firstRange(of name: String) -> Range<Int>? {
    for range in ranges where head.span.extracting(range.name).spellsIgnoringCase(name) { return range.value }
    return nil
  }

  func forEachRange(of name: String, _ body: (Range<Int>) -> Void) {
    for range in ranges where head.span.extracting(range.name).spellsIgnoringCase(name) { body(range.value) }
  }

  func text(_ range: Range<Int>) -> String { String(decoding: head[range], as: UTF8.self) }
}

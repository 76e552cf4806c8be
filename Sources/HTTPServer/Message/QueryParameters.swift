// The query of a request. Nothing is decoded before it is asked for, and what is asked for is read strictly:
// a parameter given twice is an error, because the caller cannot know which one would count.

package struct QueryParameters: Sendable {
  let bytes: [UInt8]
  let range: Range<Int>

  package var isEmpty: Bool { range.isEmpty }

  /// The decoded value of a parameter, or nothing if it was
  /// not given. "name" and "name=" both give an empty string.
  package func string(_ name: String) throws(RequestError) -> String? {
    var found: Range<Int>?
    var start = range.lowerBound
    while let pair = nextPair(from: &start) {
      guard try matches(pair.name, name) else { continue }
      guard found == nil else { throw .parameterRepeated(name) }
      found = pair.value
    }
    guard let found else { return nil }
    return try decode(found, place: "the parameter \"\(name)\"")
  }

  /// A decimal integer: an optional minus sign and digits, nothing else.
  package func int64(_ name: String) throws(RequestError) -> Int64? {
    guard let text = try string(name) else { return nil }
    guard let value = Int64(strictDecimal: text) else {
      throw .parameterInvalid(name, expected: "an integer of 64 bits")
    }
    return value
  }

  /// An integer within bounds, such as a page size.
  package func int64(_ name: String, in allowed: ClosedRange<Int64>) throws(RequestError) -> Int64? {
    guard let value = try int64(name) else { return nil }
    guard allowed.contains(value) else {
      let bounds = "an integer from \(allowed.lowerBound) to \(allowed.upperBound)"
      throw .parameterInvalid(name, expected: bounds)
    }
    return value
  }

  /// "true" or "false", in small letters.
  package func bool(_ name: String) throws(RequestError) -> Bool? {
    switch try string(name) {
    case nil: nil
    case "true": true
    case "false": false
    default: throw .parameterInvalid(name, expected: "true or false")
    }
  }

  /// Every parameter, decoded, in the order given.
  package func all() throws(RequestError) -> [(name: String, value: String)] {
    var pairs: [(name: String, value: String)] = []
    var start = range.lowerBound
    while let pair = nextPair(from: &start) {
      let name = try decode(pair.name, place: "the name of a parameter")
      pairs.append((name, try decode(pair.value, place: "the parameter \"\(name)\"")))
    }
    return pairs
  }

  /// Refuses what no handler would read: a misspelt filter must not look like no filter.
  package func allowOnly(_ known: String...) throws(RequestError) {
    try allowOnly(known)
  }

  package func allowOnly(_ known: [String]) throws(RequestError) {
    var start = range.lowerBound
    pairs: while let pair = nextPair(from: &start) {
      for name in known where try matches(pair.name, name) { continue pairs }
      throw .parameterUnknown(try decode(pair.name, place: "the name of a parameter"))
    }
  }

  /// The next pair behind `start`; empty pairs ("a=1&&b=2") are skipped.
  private func nextPair(from start: inout Int) -> (name: Range<Int>, value: Range<Int>)? {
    while start < range.upperBound {
      let first = start
      var end = first
      var equals: Int?
      while end < range.upperBound, bytes[end] != 0x26 {
        if bytes[end] == 0x3D, equals == nil { equals = end }
        end += 1
      }
      start = end + 1
      guard end > first else { continue }
      guard let equals else { return (first..<end, end..<end) }
      return (first..<equals, (equals + 1)..<end)
    }
    return nil
  }

  private func matches(_ range: Range<Int>, _ name: String) throws(RequestError) -> Bool {
    let raw = bytes.span.extracting(range)
    guard PercentDecoding.needsDecoding(raw, plusIsSpace: true) else { return raw.spells(name) }
    return try decode(range, place: "the name of a parameter").utf8.span.spells(name)
  }

  private func decode(
    _ range: Range<Int>, place: @autoclosure () -> String
  ) throws(RequestError) -> String {
    try PercentDecoding.decode(bytes.span.extracting(range), plusIsSpace: true, place: place())
  }
}

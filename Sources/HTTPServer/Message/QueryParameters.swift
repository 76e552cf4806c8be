// The query of a request. Nothing is decoded before it is asked for, and what is asked for is read strictly:
// a parameter given twice is an error, because the caller cannot know which one would count.

package struct QueryParameters: Sendable {
  /// Where one name and its value stand, undecoded. A name without a value has an empty one.
  private struct Pair {
    let name: Range<Int>
    let value: Range<Int>
  }

  private let bytes: [UInt8]
  private let pairs: [Pair]

  init(bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    pairs = range.isEmpty ? [] : Self.pairs(bytes.span, range)
  }

  /// How many there are.
  package var count: Int { pairs.count }

  /// The decoded value of a parameter, or nothing if it was
  /// not given. "name" and "name=" both give an empty string.
  package func string(_ name: String) throws(RequestError) -> String? {
    guard let place = try place(of: name) else { return nil }
    return try string(at: place, name)
  }

  /// Which of the parameters has this name.
  package func place(of name: String) throws(RequestError) -> Int? {
    var found: Int?
    for place in pairs.indices where try matches(pairs[place].name, name) {
      guard found == nil else { throw .parameterRepeated(name) }
      found = place
    }
    return found
  }

  /// The decoded value of the parameter at a place that was found for this name.
  package func string(at place: Int, _ name: String) throws(RequestError) -> String {
    try decode(pairs[place].value, place: "the parameter \"\(name)\"")
  }

  /// An integer within bounds, such as a page size, from the text of a parameter of this name.
  package static func int64(
    _ text: String, of name: String, in allowed: ClosedRange<Int64>
  ) throws(RequestError) -> Int64 {
    let value = try int64(text, of: name)
    guard allowed.contains(value) else {
      let bounds = "an integer from \(allowed.lowerBound) to \(allowed.upperBound)"
      throw .parameterInvalid(name, expected: bounds)
    }
    return value
  }

  /// A decimal integer: an optional minus sign and digits, nothing else.
  static func int64(_ text: String, of name: String) throws(RequestError) -> Int64 {
    guard let value = Int64(strictDecimal: text) else {
      throw .parameterInvalid(name, expected: "an integer of 64 bits")
    }
    return value
  }

  /// "true" or "false", in small letters.
  package static func bool(_ text: String, of name: String) throws(RequestError) -> Bool {
    switch text {
    case "true": true
    case "false": false
    default: throw .parameterInvalid(name, expected: "true or false")
    }
  }

  /// Every parameter, decoded, in the order given.
  package func all() throws(RequestError) -> [(name: String, value: String)] {
    var decoded: [(name: String, value: String)] = []
    for pair in pairs {
      let name = try decode(pair.name, place: "the name of a parameter")
      decoded.append((name, try decode(pair.value, place: "the parameter \"\(name)\"")))
    }
    return decoded
  }

  /// What to say of the parameter at this place if nobody asked for it: a misspelt filter must not look like
  /// no filter.
  package func unknown(at place: Int) throws(RequestError) -> RequestError {
    .parameterUnknown(try decode(pairs[place].name, place: "the name of a parameter"))
  }

  /// Empty pairs ("a=1&&b=2") are skipped.
  private static func pairs(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [Pair] {
    var pairs: [Pair] = []
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start
      var equals: Int?
      while end < range.upperBound, bytes[end] != 0x26 {
        if bytes[end] == 0x3D, equals == nil { equals = end }
        end += 1
      }
      if end > start {
        let valueStart = equals.map { $0 + 1 } ?? end
        pairs.append(Pair(name: start..<(equals ?? end), value: valueStart..<end))
      }
      start = end + 1
    }
    return pairs
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

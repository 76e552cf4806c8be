// Any value of JSON. There is no decoder to types behind it: whoever reads a request asks for each field by
// name and says what it must be, and whatever nobody asked for is noticed.

package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// Reads one value and nothing else (RFC 8259), strictly: valid UTF-8, no name twice in an object, no
  /// U+0000, no half surrogate pairs, nothing behind the value, and everything within the limits.
  package init(parsing bytes: Span<UInt8>, limits: JSONLimits = JSONLimits()) throws(JSONError) {
    self = try JSONParser.parse(bytes, limits)
  }

  package init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    self = try JSONParser.parse(bytes.span, limits)
  }
}

extension JSONValue: Equatable {
  /// Two values are equal if they are written with the same bytes: 1 and 1.0 are two, and so are two orders
  /// of the same members.
  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    left.compactBytes == right.compactBytes
  }
}

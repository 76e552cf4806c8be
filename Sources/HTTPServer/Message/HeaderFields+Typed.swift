// The fields our handlers ask for, by their meaning.

extension HeaderFields {
  /// Whether the body is of the media type given (small letters, no parameters), whatever its parameters say.
  package func hasContentType(_ type: String) -> Bool {
    withValue(of: "content-type") { value in
      var end = 0
      while end < value.count, value[end] != .semicolon { end += 1 }
      while end > 0, value[end - 1].isBlank { end -= 1 }
      return value.extracting(0..<end).spellsIgnoringCase(type)
    } ?? false
  }

  package var contentType: String? { self["content-type"] }

  /// The caller's own name for this request, taken over into answers and logs only if it can do no harm
  /// there: 1 to 128 letters, digits and "-._:". Anything else counts as not sent.
  package var requestID: String? {
    guard let range = firstRange(of: "x-request-id"), (1...128).contains(range.count) else { return nil }
    for index in range {
      let byte = head[index]
      let letter = byte.lowercased &- 0x61 < 26
      guard letter || byte.isDigit || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == .colon else {
        return nil
      }
    }
    return text(range)
  }

  /// Whether a comma-separated field (Connection, Cache-Control) lists the token, in any of its lines.
  package func lists(_ token: String, in name: String) -> Bool {
    var found = false
    forEachRange(of: name) { range in
      forEachElement(of: range) { element in
        found = found || head.span.extracting(element).spellsIgnoringCase(token)
      }
    }
    return found
  }

  /// Walks the elements of a comma-separated value, trimmed of blanks. Not for values with quoted commas.
  func forEachElement(of value: Range<Int>, _ body: (Range<Int>) -> Void) {
    var start = value.lowerBound
    while start < value.upperBound {
      var end = start
      while end < value.upperBound, head[end] != .comma { end += 1 }
      body(trimmed(start..<end))
      start = end + 1
    }
  }

  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, head[start].isBlank { start += 1 }
    while end > start, head[end - 1].isBlank { end -= 1 }
    return start..<end
  }
}

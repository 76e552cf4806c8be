// One header field of an answer. Its value may come from a caller (an echoed id, a place just created), so
// bytes that would end the line are never let through.

package struct ResponseField: Sendable {
  package let name: StaticString
  package let value: String

  /// Control bytes in the value become spaces: an answer cannot be split by what it quotes.
  package init(_ name: StaticString, _ value: String) {
    self.name = name
    if value.utf8.allSatisfy(\.isFieldValue) {
      self.value = value
    } else {
      self.value = String(decoding: value.utf8.map { $0.isFieldValue ? $0 : .space }, as: UTF8.self)
    }
  }
}

extension ResponseField {
  /// For whoever may ask again in a moment.
  package static var retrySoon: ResponseField { ResponseField("Retry-After", "1") }
}

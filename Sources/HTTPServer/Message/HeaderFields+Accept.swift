// Content negotiation, as much of it as an API with one or two representations needs: may this type be
// answered, and which of two would the caller rather have?

extension HeaderFields {
  /// Whether the Accept fields allow an answer of the media type ("application/json").
  package func accepts(_ type: String) -> Bool { acceptWeight(of: type) > 0 }

  /// Of media types that can be answered, the one the Accept fields weigh most; the first of equals, and nil
  /// if they allow none.
  package func preferredType(of types: [String]) -> String? {
    var best: (type: String, weight: Int)?
    for type in types {
      let weight = acceptWeight(of: type)
      if weight > best?.weight ?? 0 { best = (type, weight) }
    }
    return best?.type
  }

  /// The weight of a media type in thousandths. As RFC 9110 has it, the most specific range that covers the
  /// type decides, a weight of zero forbids, and no Accept field allows everything.
  private func acceptWeight(of type: String) -> Int {
    var best = (specificity: -1, weight: 0)
    var asked = false
    forEachRange(of: "accept") { value in
      asked = true
      forEachElement(of: value) { element in
        guard let offer = mediaRange(element, covering: type), offer.specificity >= best.specificity else {
          return
        }
        let before = offer.specificity == best.specificity ? best.weight : 0
        best = (offer.specificity, max(offer.weight, before))
      }
    }
    return asked ? best.weight : Self.fullWeight
  }

  private static let fullWeight = 1000

  /// How closely one media range covers the type: 0 for any, 1 for any subtype, 2 for the type itself.
  private func mediaRange(_ element: Range<Int>, covering type: String) -> (specificity: Int, weight: Int)? {
    var end = element.lowerBound
    while end < element.upperBound, head[end] != .semicolon { end += 1 }
    let range = head.span.extracting(trimmed(element.lowerBound..<end))
    guard let specificity = specificity(of: range, for: type) else { return nil }
    return (specificity, weight(end..<element.upperBound))
  }

  private func specificity(of range: Span<UInt8>, for type: String) -> Int? {
    if range.spellsIgnoringCase(type) { return 2 }
    if range.spells("*/*") { return 0 }
    let bytes = type.utf8.span
    let count = range.count
    // "text/*" covers "text/csv": the same bytes up to and with the slash, then one star.
    guard count > 2, range[count - 1] == 0x2A, range[count - 2] == 0x2F, bytes.count >= count else {
      return nil
    }
    for index in 0..<(count - 1) where range[index].lowercased != bytes[index].lowercased { return nil }
    return 1
  }

  /// The parameter "q" among those behind a media range; without one, the full weight.
  private func weight(_ parameters: Range<Int>) -> Int {
    var start = parameters.lowerBound
    while start < parameters.upperBound {
      var end = start + 1
      while end < parameters.upperBound, head[end] != .semicolon { end += 1 }
      let parameter = head.span.extracting(trimmed((start + 1)..<end))
      if parameter.count >= 3, parameter[0].lowercased == 0x71, parameter[1] == 0x3D {
        return thousandths(of: parameter.extracting(droppingFirst: 2))
      }
      start = end
    }
    return Self.fullWeight
  }

  /// The value of "0.25". Digits behind the third count for nothing except that they are not zero; whatever
  /// is no weight at all counts as if it were not there, since it asks for the type after all.
  private func thousandths(of text: Span<UInt8>) -> Int {
    guard text[0] == 0x30, text.count == 1 || text[1] == 0x2E else { return Self.fullWeight }
    var weight = 0
    var unit = 100
    for index in 2..<max(text.count, 2) {
      guard text[index].isDigit else { return Self.fullWeight }
      weight += Int(text[index] &- 0x30) * unit
      if unit == 0, text[index] != 0x30 { weight = max(weight, 1) }
      unit /= 10
    }
    return weight
  }
}

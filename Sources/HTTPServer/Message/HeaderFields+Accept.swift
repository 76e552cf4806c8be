// Content negotiation, as much of it as an API with one or
// two representations needs: may this type be answered?

extension HeaderFields {
  /// Whether the Accept fields allow an answer of the media type ("application/json").
  /// As RFC 9110 has it, the most specific range that covers the type decides, a
  /// weight of zero forbids, and no Accept field allows everything.
  package func accepts(_ type: String) -> Bool {
    var best = (specificity: -1, allowed: false)
    var asked = false
    forEachRange(of: "accept") { value in
      asked = true
      forEachElement(of: value) { element in
        guard let offer = mediaRange(element, covering: type), offer.specificity >= best.specificity else {
          return
        }
        let allowedBefore = offer.specificity == best.specificity && best.allowed
        best = (offer.specificity, offer.allowed || allowedBefore)
      }
    }
    return asked ? best.allowed : true
  }

  /// How closely one media range covers the type: 0 for any, 1 for any subtype, 2 for the type itself.
  private func mediaRange(_ element: Range<Int>, covering type: String) -> (specificity: Int, allowed: Bool)?
  {
    var end = element.lowerBound
    while end < element.upperBound, head[end] != .semicolon { end += 1 }
    let range = head.span.extracting(trimmed(element.lowerBound..<end))
    guard let specificity = specificity(of: range, for: type) else { return nil }
    return (specificity, !hasZeroWeight(end..<element.upperBound))
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

  /// Whether the parameters hold "q=0", "q=0." or "q=0.000".
  private func hasZeroWeight(_ parameters: Range<Int>) -> Bool {
    var start = parameters.lowerBound
    while start < parameters.upperBound {
      var end = start + 1
      while end < parameters.upperBound, head[end] != .semicolon { end += 1 }
      let parameter = head.span.extracting(trimmed((start + 1)..<end))
      if parameter.count >= 3, parameter[0].lowercased == 0x71, parameter[1] == 0x3D {
        var onlyZeros = parameter[2] == 0x30
        for index in 3..<parameter.count where parameter[index] != 0x30 && parameter[index] != 0x2E {
          onlyZeros = false
        }
        if onlyZeros { return true }
      }
      start = end
    }
    return false
  }
}

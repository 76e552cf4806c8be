// Comparing bytes of a message with a known word, without making a String of them.

extension Span<UInt8> {
  /// Whether the bytes are exactly those of `word`.
  @inline(__always)
  func spells(_ word: String) -> Bool {
    guard count == word.utf8.count else { return false }
    let other = word.utf8.span
    for index in indices where self[index] != other[index] { return false }
    return true
  }

  /// Whether the bytes are those of `word`, ASCII capitals and small letters being the same.
  @inline(__always)
  func spellsIgnoringCase(_ word: String) -> Bool {
    // The span of a String is a call; nearly all words differ in length.
    guard count == word.utf8.count else { return false }
    let other = word.utf8.span
    for index in indices where self[index] != other[index] {
      guard self[index].lowercased == other[index].lowercased else { return false }
    }
    return true
  }

  /// The bytes as a String if they are valid UTF-8.
  func validString() -> String? {
    guard let text = try? UTF8Span(validating: self) else { return nil }
    return String(copying: text)
  }
}

// A user is known by the id that the caller's system gave it. It is text, but it is compared as the bytes it
// came as: two spellings of one letter are two users, here as in Postgres and in Redis.

/// 1 to 128 bytes of UTF-8 without control characters.
package struct UserID: Sendable, Hashable, Comparable, CustomStringConvertible {
  package static let longest = 128

  package let text: String

  /// Nil if the text cannot be an id.
  package init?(_ text: String) {
    guard (1...Self.longest).contains(text.utf8.count), !text.hasControlCharacters else { return nil }
    self.text = text
  }

  /// For ids that were checked before they were stored.
  package init(stored text: String) {
    self.text = text
  }

  package var description: String { text }

  package static func == (left: Self, right: Self) -> Bool {
    let (left, right) = (left.text.utf8.span, right.text.utf8.span)
    guard left.count == right.count else { return false }
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }

  package static func < (left: Self, right: Self) -> Bool {
    let (left, right) = (left.text.utf8.span, right.text.utf8.span)
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return left[index] < right[index]
    }
    return left.count < right.count
  }

  package func hash(into hasher: inout Hasher) {
    unsafe text.utf8.span.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    hasher.combine(0xFF as UInt8)
  }
}

extension String {
  /// Whether it holds a character of C0, DEL or C1; Postgres cannot store the first of them at all.
  package var hasControlCharacters: Bool {
    unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
  }
}

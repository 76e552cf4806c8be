// A user is known by the id that the caller's system gave it. It is text, but it is compared as the bytes it
// came as: two spellings of one letter are two users, here as in Postgres and in Redis.
private import Glibc

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
    left.text.utf8.count == right.text.utf8.count && left.compared(with: right) == 0
  }

  package static func < (left: Self, right: Self) -> Bool {
    let order = left.compared(with: right)
    return order == 0 ? left.text.utf8.count < right.text.utf8.count : order < 0
  }

  /// By as many bytes as both have, and no id is empty. Batches sort and look up thousands of ids.
  private func compared(with other: Self) -> Int32 {
    unsafe text.utf8.span.withUnsafeBytes { mine in
      unsafe other.text.utf8.span.withUnsafeBytes { theirs in
        guard let left = mine.baseAddress, let right = theirs.baseAddress else { return 0 }
        return unsafe memcmp(left, right, min(mine.count, theirs.count))
      }
    }
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

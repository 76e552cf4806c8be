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

  package static func < (left: Self, right: Self) -> Bool { left.order(to: right) < 0 }

  /// Negative if this one comes before the other, zero if they are the same.
  func order(to other: Self) -> Int {
    let order = compared(with: other)
    return order == 0 ? text.utf8.count - other.text.utf8.count : Int(order)
  }

  /// By as many bytes as both have, and no id is empty. Batches sort and look up thousands of ids.
  private func compared(with other: Self) -> Int32 {
    unsafe withBytes { mine in
      unsafe other.withBytes { theirs in
        guard let left = mine.baseAddress, let right = theirs.baseAddress else { return 0 }
        return unsafe memcmp(left, right, min(mine.count, theirs.count))
      }
    }
  }

  package func hash(into hasher: inout Hasher) {
    unsafe withBytes { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(0xFF as UInt8)
  }

  /// A String's span is a call that costs more than what is done here with its bytes.
  @unsafe @inline(__always)
  private func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = unsafe text.utf8.withContiguousStorageIfAvailable({ unsafe body($0) }) { return result }
    return unsafe text.utf8.span.withUnsafeBufferPointer { unsafe body($0) }
  }
}

extension String {
  /// Whether it holds a character of C0, DEL or C1; Postgres cannot store the first of them at all.
  package var hasControlCharacters: Bool {
    let inOnePiece = unsafe utf8.withContiguousStorageIfAvailable { unsafe Self.hasControlCharacters($0) }
    return inOnePiece ?? Self.hasControlCharacters(utf8)
  }

  @inline(__always)
  private static func hasControlCharacters(_ bytes: some Sequence<UInt8>) -> Bool {
    // C1 is two bytes in UTF-8, the first of them C2 and the second less than A0.
    var previous: UInt8 = 0
    for byte in bytes {
      if byte < 0x20 || byte == 0x7F || (previous == 0xC2 && byte < 0xA0) { return true }
      previous = byte
    }
    return false
  }
}

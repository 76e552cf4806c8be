// The part of a key that is no secret, as a number: every request brings one, and a String of it would cost
// an allocation each time.

package struct KeyID: Sendable, Hashable {
  package let number: UInt64

  package init(_ number: UInt64) {
    self.number = number
  }

  /// Sixteen hexadecimal digits in lower case.
  package var text: String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Reads the id in what somebody presents as a key; nil if it does not look like one, which costs no
  /// question.
  package init?(inPresented text: Span<UInt8>) {
    guard text.count == APIKey.length else { return nil }
    let prefix = APIKey.prefix.utf8.span
    for index in prefix.indices where text[index] != prefix[index] { return nil }
    let end = prefix.count + APIKey.idLength
    var number: UInt64 = 0
    for index in prefix.count..<end {
      guard let digit = Self.value(of: text[index]) else { return nil }
      number = number << 4 | UInt64(digit)
    }
    guard text[end] == UInt8(ascii: "_") else { return nil }
    self.number = number
  }

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case _: nil
    }
  }
}

// The part of a key that is no secret, as a number: every request brings one, and a String of it would cost
// an allocation each time.
import Ledger

package struct KeyID: Sendable, Hashable {
  package let number: UInt64

  package init(_ number: UInt64) {
    self.number = number
  }

  /// Sixteen hexadecimal digits in lower case.
  package var text: String { number.hexadecimal }

  /// Reads the id in what somebody presents as a key; nil if it does not look like one, which costs no
  /// question.
  package init?(inPresented text: Span<UInt8>) {
    guard text.count == APIKey.length else { return nil }
    let prefix = APIKey.prefix.utf8.span
    for index in prefix.indices where text[index] != prefix[index] { return nil }
    let end = prefix.count + APIKey.idLength
    guard let number = UInt64(hexadecimal: text.extracting(prefix.count..<end)),
      text[end] == UInt8(ascii: "_")
    else { return nil }
    self.number = number
  }
}

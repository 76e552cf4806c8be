// The name of one intended change. However often a write is sent under one key, it is carried out once.
//
// A key is never made optional by a failing initialiser: a key that silently became nil would switch its
// protection off. Instead the text is checked when it is used, and a wrong one is an error.

/// Makes a write safe to repeat: the service carries it out once for each key, and answers repeats alike.
public struct IdempotencyKey: Sendable, Hashable {
  /// 1 to 255 visible ASCII characters; anything else is refused when the call is made.
  public let text: String

  /// A key of one's own, such as the id of the order or match that the points are for. It outlives the
  /// process, so a job that is run again does nothing twice.
  public init(_ text: String) {
    self.text = text
  }

  /// A new random key for each call: the client's own retries are safe, a call made anew is a new change.
  public static var automatic: IdempotencyKey {
    var high = UInt64.random(in: 0...UInt64.max)
    var low = UInt64.random(in: 0...UInt64.max)
    // Version 4, variant 1, as RFC 9562 has it for random ones.
    high = high & ~0xF000 | 0x4000
    low = low & ~(0b11 << 62) | 0b10 << 62
    let digits = Array(hexadecimal(high).utf8) + Array(hexadecimal(low).utf8)
    let groups = [digits[..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20...]]
    return IdempotencyKey(groups.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-"))
  }

  private static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  var isWellFormed: Bool {
    (1...255).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}

extension IdempotencyKey: ExpressibleByStringInterpolation {
  /// A key written down, such as `"order-\(order.id)"`.
  public init(stringLiteral text: String) {
    self.init(text)
  }
}

// Numbers as hexadecimal digits of a fixed width, in lower case: so ids of keys, cursors and the marks in
// Redis are written, and only so are they read. The texts of UUIDs are written digit by digit where they are
// needed: answers hold half a dozen of them, and a common way of writing cost each a third more time.

extension UInt64 {
  /// Sixteen digits.
  package var hexadecimal: String {
    var digits: [UInt8] = []
    digits.append(hexadecimal: self, digits: 16)
    return String(decoding: digits, as: UTF8.self)
  }

  /// The number that these digits say, sixteen at most and as they are written here; nil for anything else.
  package init?(hexadecimal digits: Span<UInt8>) {
    guard (1...16).contains(digits.count) else { return nil }
    var number: UInt64 = 0
    for index in digits.indices {
      let digit = digits[index]
      guard !(0x41...0x46).contains(digit), let value = digit.hexadecimalValue else { return nil }
      number = number << 4 | value
    }
    self = number
  }
}

extension [UInt8] {
  /// The lowest so many digits of the number.
  package mutating func append(hexadecimal number: UInt64, digits: Int) {
    for place in stride(from: digits - 1, through: 0, by: -1) {
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(place * 4)) & 0xF
      append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}

extension UInt8 {
  /// What a digit is worth, in either case; nil for another byte.
  var hexadecimalValue: UInt64? {
    switch self {
    case 0x30...0x39: UInt64(self - 0x30)
    case 0x41...0x46: UInt64(self - 0x37)
    case 0x61...0x66: UInt64(self - 0x57)
    case _: nil
    }
  }
}

// The few questions that an answer's head is asked.

extension Collection<UInt8> {
  /// The same as a text in small letters, whatever case these bytes have.
  func isNamed(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { name in unsafe elementsEqual(name) { $0.lowercased == $1 } }
  }

  /// The value of one to eighteen decimal digits, and of nothing else.
  var decimal: Int? {
    guard (1...18).contains(count) else { return nil }
    var value = 0
    for byte in self {
      let digit = byte &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }
}

extension ArraySlice<UInt8> {
  var withoutBlanksAround: ArraySlice<UInt8> {
    let start = drop(while: \.isBlank)
    let end = start.lastIndex { !$0.isBlank }
    return end.map { start[...$0] } ?? []
  }

  /// Whether a list divided by commas has this item.
  func hasListItem(_ item: StaticString) -> Bool {
    split(separator: 0x2C).contains { $0.withoutBlanksAround.isNamed(item) }
  }
}

extension UInt8 {
  var isBlank: Bool { self == 0x20 || self == 0x09 }

  var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

  /// The value of a hexadecimal digit, or nothing.
  var hexadecimalValue: Int? {
    switch self {
    case 0x30...0x39: Int(self - 0x30)
    case 0x41...0x46: Int(self - 0x37)
    case 0x61...0x66: Int(self - 0x57)
    default: nil
    }
  }

  /// A byte of a field's name (RFC 9110, section 5.6.2).
  var isToken: Bool {
    switch lowercased {
    case 0x61...0x7A, 0x30...0x39: true
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: true
    default: false
    }
  }
}

extension [UInt8] {
  mutating func append(copying bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

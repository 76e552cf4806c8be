// Host and port, as they stand in a Host field or in a URL: a name or an address of version 4, or an address
// of version 6 in brackets, then an optional port. Never a user name.

enum Authority {
  static func isValid(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count > 0 else { return false }
    guard let end = bytes[0] == 0x5B ? endOfBrackets(bytes) : endOfName(bytes), end > 0 else { return false }
    return end == bytes.count || isPort(bytes, from: end)
  }

  private static func endOfName(_ bytes: Span<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count, bytes[index].isHostName {
      if bytes[index] == 0x25 {
        guard index + 2 < bytes.count, let high = bytes[index + 1].hexValue,
          let low = bytes[index + 2].hexValue,
          high | low != 0
        else { return nil }
      }
      index += 1
    }
    return index
  }

  /// Loosely an address: hexadecimal digits, colons and dots, at least two of them.
  private static func endOfBrackets(_ bytes: Span<UInt8>) -> Int? {
    var index = 1
    while index < bytes.count, bytes[index].hexValue != nil || bytes[index] == .colon || bytes[index] == 0x2E
    {
      index += 1
    }
    guard index >= 3, index < bytes.count, bytes[index] == 0x5D else { return nil }
    return index + 1
  }

  /// A colon and up to five digits. The grammar allows a colon alone.
  private static func isPort(_ bytes: Span<UInt8>, from colon: Int) -> Bool {
    guard bytes[colon] == .colon, bytes.count - colon <= 6 else { return false }
    var port = 0
    for index in (colon + 1)..<bytes.count {
      guard bytes[index].isDigit else { return false }
      port = port * 10 + Int(bytes[index] & 15)
    }
    return port <= 65_535
  }
}

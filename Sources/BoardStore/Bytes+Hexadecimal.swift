// Numbers of fixed width as hexadecimal digits: whoever looks into Redis can read them.
import Ledger

extension [UInt8] {
  mutating func append(hexadecimal number: UInt64, digits: Int) {
    for place in stride(from: digits - 1, through: 0, by: -1) {
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(place * 4)) & 0xF
      append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  static func hexadecimal(_ bits: UUIDBits) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(hexadecimal: bits.high, digits: 16)
    bytes.append(hexadecimal: bits.low, digits: 16)
    return bytes
  }

  /// The number that these digits say, in lower case as they were written; nil for anything else.
  func hexadecimal(at offset: Int, digits: Int) -> UInt64? {
    guard count >= offset + digits else { return nil }
    var number: UInt64 = 0
    for index in offset..<offset + digits {
      switch self[index] {
      case 0x30...0x39: number = number << 4 | UInt64(self[index] - 0x30)
      case 0x61...0x66: number = number << 4 | UInt64(self[index] - 0x57)
      case _: return nil
      }
    }
    return number
  }
}

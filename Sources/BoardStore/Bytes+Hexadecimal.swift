// Numbers of fixed width as hexadecimal digits: whoever looks into Redis can read them.
import Ledger

extension [UInt8] {
  static func hexadecimal(_ bits: UUIDBits) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    bytes.append(hexadecimal: bits.high, digits: 16)
    bytes.append(hexadecimal: bits.low, digits: 16)
    return bytes
  }

  /// The number that these digits say; nil for anything else.
  func hexadecimal(at offset: Int, digits: Int) -> UInt64? {
    guard count >= offset + digits else { return nil }
    return UInt64(hexadecimal: span.extracting(offset..<offset + digits))
  }
}

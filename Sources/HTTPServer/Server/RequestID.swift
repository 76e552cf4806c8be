// Every request has a name that stands in its answer and in
// the log, so that a caller's report leads to our lines.

/// The caller's own id, or one made from the worker's random prefix and a counter.
package enum RequestID: Sendable {
  case given(String)
  case made(worker: UInt32, number: UInt64)

  /// Adds the id as text: 24 hexadecimal digits if it is ours.
  func append(to bytes: inout [UInt8]) {
    switch self {
    case .given(let text):
      bytes.append(contentsOf: text.utf8)
    case .made(let worker, let number):
      unsafe withUnsafeBytes(of: Self.digits(worker, number)) { unsafe bytes.append(contentsOf: $0) }
    }
  }

  /// The 24 digits of an id of ours, in the order of memory.
  static func digits(_ worker: UInt32, _ number: UInt64) -> (UInt64, UInt64, UInt64) {
    let (high, low) = number.hexadecimalDigits
    return (worker.hexadecimalDigits.littleEndian, high, low)
  }

  package var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension [UInt8] {
  /// The lowest `digits` of its 16 digits.
  mutating func appendHexadecimal(_ value: UInt64, digits: Int) {
    let words = value.hexadecimalDigits
    unsafe Swift.withUnsafeBytes(of: words) { bytes in
      unsafe append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[(16 - digits)...]))
    }
  }
}

extension UInt64 {
  /// Its 16 digits in hexadecimal, in the order of memory.
  var hexadecimalDigits: (UInt64, UInt64) {
    let (high, low) = (UInt32(truncatingIfNeeded: self >> 32), UInt32(truncatingIfNeeded: self))
    return (high.hexadecimalDigits.littleEndian, low.hexadecimalDigits.littleEndian)
  }
}

extension UInt32 {
  /// Its eight digits, the first of them in the lowest byte.
  fileprivate var hexadecimalDigits: UInt64 {
    // Each byte to 16 bits of its own, then each half of it to a byte, the higher one first.
    var digits = UInt64(byteSwapped)
    digits = digits & 0xFFFF | (digits & 0xFFFF_0000) << 16
    digits = (digits | digits << 8) & 0x00FF_00FF_00FF_00FF
    digits = (digits >> 4 | digits << 8) & 0x0F0F_0F0F_0F0F_0F0F
    // From ten on a digit is a letter: six more than ten carry into the upper half.
    let letters = (digits + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return digits + 0x3030_3030_3030_3030 + letters * 0x27
  }
}

// Numbers. Their value is worked out on the way if they are integers of 64 bits, which nearly all are; of any
// other the spelling is kept.

extension JSONParser {
  /// Reads the number whose first byte, a minus sign or a digit, is at the position.
  mutating func number(in bytes: Span<UInt8>) throws(JSONError) -> JSONNumber {
    let start = position
    let isNegative = bytes[start] == 0x2D
    if isNegative { position += 1 }
    let magnitude = try wholePart(in: bytes, from: start)
    let behindWhole = position
    try fraction(in: bytes, from: start)
    try exponent(in: bytes, from: start)
    let range = start..<position
    guard range.count <= JSONLimits.numberBytes else { throw JSONError(.numberTooLong, at: start) }
    return JSONNumber(
      text: Self.ascii(bytes.extracting(range)), magnitude: magnitude, negative: isNegative,
      isInteger: position == behindWhole)
  }

  /// Reads the digits before the point. The magnitude is nil when it may have more than 64 bits.
  private mutating func wholePart(in bytes: Span<UInt8>, from start: Int) throws(JSONError) -> UInt64? {
    let first = position
    var magnitude: UInt64 = 0
    while position < bytes.count, bytes[position] &- 0x30 < 10 {
      magnitude = magnitude &* 10 &+ UInt64(bytes[position] &- 0x30)
      position += 1
    }
    let digits = position - first
    guard digits > 0 else { throw JSONError(.badNumber, at: start) }
    guard digits == 1 || bytes[first] != 0x30 else { throw JSONError(.leadingZero, at: start) }
    // Nineteen nines are less than 2^64.
    return digits <= 19 ? magnitude : nil
  }

  private mutating func fraction(in bytes: Span<UInt8>, from start: Int) throws(JSONError) {
    guard position < bytes.count, bytes[position] == 0x2E else { return }
    position += 1
    let first = position
    while position < bytes.count, bytes[position] &- 0x30 < 10 { position += 1 }
    guard position > first else { throw JSONError(.badNumber, at: start) }
  }

  private mutating func exponent(in bytes: Span<UInt8>, from start: Int) throws(JSONError) {
    guard position < bytes.count, bytes[position] | 0x20 == 0x65 else { return }
    position += 1
    if position < bytes.count, bytes[position] == 0x2B || bytes[position] == 0x2D { position += 1 }
    let first = position
    var magnitude = 0
    while position < bytes.count, bytes[position] &- 0x30 < 10 {
      magnitude = min(magnitude * 10 + Int(bytes[position] &- 0x30), JSONLimits.exponent + 1)
      position += 1
    }
    guard position > first else { throw JSONError(.badNumber, at: start) }
    guard magnitude <= JSONLimits.exponent else { throw JSONError(.exponentTooLarge, at: start) }
  }

  private static func ascii(_ bytes: Span<UInt8>) -> String {
    unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}

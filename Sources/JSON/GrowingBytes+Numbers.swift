// Numbers as decimal digits, written without a String in between.

extension GrowingBytes {
  mutating func appendDecimal(_ magnitude: UInt64, negative: Bool) {
    if negative { append(0x2D) }
    if magnitude < 10 {
      append(0x30 | UInt8(truncatingIfNeeded: magnitude))
    } else {
      append(digits: Self.digitCount(magnitude), of: magnitude)
    }
  }

  /// Fixed decimals, rounded to the nearest, halves away from zero. The scaling is done in binary, so a value
  /// that lies within half a unit of the last binary digit of a half may round to either side.
  mutating func appendFixed(_ value: Double, decimals: Int) {
    precondition((0...9).contains(decimals), "Between none and nine decimals can be written.")
    guard value.isFinite else {
      append("null")
      return
    }
    var scale: UInt64 = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = value.magnitude * Double(scale)
    // Beyond 2^53 a double has no decimals left to cut; its own shortest spelling is exact and valid JSON.
    guard scaled < 9_007_199_254_740_992 else {
      append(copying: value.description.utf8.span)
      return
    }
    let truncated = UInt64(scaled)
    let rounded = scaled - Double(truncated) >= 0.5 ? truncated + 1 : truncated
    let (whole, fraction) = rounded.quotientAndRemainder(dividingBy: scale)
    appendDecimal(whole, negative: value < 0 && rounded > 0)
    guard decimals > 0 else { return }
    append(0x2E)
    append(digits: decimals, of: fraction)
  }

  /// Eight digits in lower case; with dashes, one stands before them and one in their middle.
  mutating func append(hexadecimal word: UInt32, dashes: Bool = false) {
    let digits = Self.hexadecimalDigits(of: word)
    guard dashes else { return append(bigEndian: digits, count: 8) }
    append(0x2D)
    append(bigEndian: digits, count: 4)
    append(0x2D)
    append(bigEndian: digits << 32, count: 4)
  }

  /// The digits as eight characters, the first in the highest byte, all of them at once: each half byte is
  /// moved into a byte of its own, and those beyond 9 are found by a carry.
  private static func hexadecimalDigits(of word: UInt32) -> UInt64 {
    var spread = UInt64(word)
    spread = (spread << 16 | spread) & 0x0000_FFFF_0000_FFFF
    spread = (spread << 8 | spread) & 0x00FF_00FF_00FF_00FF
    spread = (spread << 4 | spread) & 0x0F0F_0F0F_0F0F_0F0F
    let isLetter = (spread + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return spread + 0x3030_3030_3030_3030 + isLetter * 0x27
  }

  private static func digitCount(_ magnitude: UInt64) -> Int {
    var digits = 1
    var bound: UInt64 = 10
    while magnitude >= bound {
      digits += 1
      let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
      if overflow { break }
      bound = next
    }
    return digits
  }
}

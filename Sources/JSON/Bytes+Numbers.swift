// Numbers as decimal digits, written without a String in between.

extension [UInt8] {
  mutating func appendDecimal(_ magnitude: UInt64, negative: Bool) {
    if negative { append(0x2D) }
    if magnitude < 10 {
      append(0x30 | UInt8(truncatingIfNeeded: magnitude))
      return
    }
    appendDigits(of: magnitude, count: Self.digitCount(magnitude))
  }

  /// Appends so many digits, with leading zeros if the number has fewer.
  private mutating func appendDigits(of magnitude: UInt64, count digits: Int) {
    let start = count
    append(contentsOf: repeatElement(0x30, count: digits))
    var rest = magnitude
    var index = start + digits
    while rest != 0, index > start {
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
      index -= 1
      self[index] = 0x30 | UInt8(truncatingIfNeeded: remainder)
      rest = quotient
    }
  }

  /// Fixed decimals, rounded to the nearest, halves away from zero. The scaling is done in binary, so a value
  /// that lies within half a unit of the last binary digit of a half may round to either side.
  mutating func appendFixed(_ value: Double, decimals: Int) {
    precondition((0...9).contains(decimals), "Between none and nine decimals can be written.")
    guard value.isFinite else {
      append(contentsOf: "null".utf8)
      return
    }
    var scale: UInt64 = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = value.magnitude * Double(scale)
    // Beyond 2^53 a double has no decimals left to cut; its own shortest spelling is exact and valid JSON.
    guard scaled < 9_007_199_254_740_992 else {
      append(contentsOf: value.description.utf8)
      return
    }
    let truncated = UInt64(scaled)
    let rounded = scaled - Double(truncated) >= 0.5 ? truncated + 1 : truncated
    let (whole, fraction) = rounded.quotientAndRemainder(dividingBy: scale)
    appendDecimal(whole, negative: value < 0 && rounded > 0)
    guard decimals > 0 else { return }
    append(0x2E)
    appendDigits(of: fraction, count: decimals)
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

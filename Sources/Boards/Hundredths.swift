// Point values are integers; only what is derived from them has decimals, and then two.

/// A number with two decimals, exact.
package struct Hundredths: Sendable, Equatable, CustomStringConvertible {
  package let count: Int128

  package init(count: Int128) {
    self.count = count
  }

  /// The quotient, rounded to the nearest hundredth, halves away from zero. The divisor is positive.
  package init(_ dividend: Int128, dividedBy divisor: Int64) {
    let divisor = Int128(divisor)
    let half = divisor / 2
    let (quotient, rest) = (dividend * 100).quotientAndRemainder(dividingBy: divisor)
    // An odd divisor has no exact half; whatever is above its truncated half is nearer to the next hundredth.
    let isRoundedAway = divisor % 2 == 0 ? rest.magnitude >= half.magnitude : rest.magnitude > half.magnitude
    count = quotient + (isRoundedAway ? (dividend < 0 ? -1 : 1) : 0)
  }

  /// From digits, and two decimals at most; nil for anything else.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: 0x2E, maxSplits: 1, omittingEmptySubsequences: false)
    let decimals = parts.count > 1 ? Array(parts[1]) : []
    guard 1...18 ~= parts[0].count, parts.count == 1 || 1...2 ~= decimals.count else { return nil }
    var count: Int128 = 0
    for digit in Array(parts[0]) + decimals + repeatElement(0x30, count: 2 - decimals.count) {
      guard 0x30...0x39 ~= digit else { return nil }
      count = count * 10 + Int128(digit - 0x30)
    }
    self.init(count: count)
  }

  /// Always with two decimals.
  package var description: String {
    let (whole, part) = count.magnitude.quotientAndRemainder(dividingBy: 100)
    return "\(count < 0 ? "-" : "")\(whole).\(part < 10 ? "0" : "")\(part)"
  }
}

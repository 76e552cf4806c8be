// Instants, for whoever counts periods or schedules: microseconds since 1970, as the ledger keeps them.

/// An instant. The ledger's `Instant` holds the same number; this module lies below it and knows it not.
package typealias UnixMicroseconds = Int64

extension UnixMicroseconds {
  /// The last whole second that is not after it.
  var wholeSecond: Int { Int(self).dividedDown(by: 1_000_000).quotient }

  /// The instant of a whole second, or the nearest there is.
  init(wholeSecond second: Int) {
    let (product, isTooMuch) = Int64(second).multipliedReportingOverflow(by: 1_000_000)
    self = isTooMuch ? (second < 0 ? .min : .max) : product
  }
}

extension Int {
  /// Division that rounds down, so that the remainder is never negative. The divisor is positive.
  func dividedDown(by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

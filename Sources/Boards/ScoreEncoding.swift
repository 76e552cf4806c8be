// Redis keeps scores as doubles, which hold no more than 53 bits of an integer. But the order of all doubles
// is that of their bits, so an integer of 63 bits can travel in the bits of a double without losing any:
// Redis never calculates with a score, it only compares.

/// Maps values to scores: one to one, and strictly falling, so that the best value is the first of a sorted
/// set.
package enum ScoreEncoding {
  /// The lowest value that has a score; below it lie the bits of infinity. The highest is `Int64.max`.
  package static let lowestValue: Int64 = -4_607_182_418_800_017_408

  /// Where the scores change their sign: half of all positive values lie on either side.
  private static let middle: Int64 = 1 << 62 - 1

  /// The finite score of a value from `lowestValue` on.
  package static func score(of value: Int64) -> Double {
    precondition(value >= lowestValue, "A value below the lowest one has no score.")
    // Cannot wrap: both ends of the permitted values were put where this ends at a finite double.
    let distance = middle &- value
    guard distance < 0 else { return Double(bitPattern: UInt64(distance)) }
    return -Double(bitPattern: distance.magnitude)
  }

  /// The value that has this score.
  package static func value(of score: Double) -> Int64 {
    let bits = Int64(bitPattern: score.magnitude.bitPattern)
    return score.sign == .minus ? middle &+ bits : middle &- bits
  }

  /// The score as the shortest decimal text that reads back as the same double. Commands take scores as text;
  /// made here, it costs Redis no formatting.
  package static func text(of value: Int64) -> [UInt8] {
    Array(score(of: value).description.utf8)
  }
}

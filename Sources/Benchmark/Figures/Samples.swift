// The same thing measured several times.

/// Never empty.
struct Samples: Sendable, Equatable {
  private let sorted: [Double]

  init(_ values: [Double]) {
    precondition(!values.isEmpty, "samples are taken before they are looked at")
    sorted = values.sorted()
  }

  /// One disturbed round does not move it, which is why it is what counts.
  var median: Double {
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  var least: Double { sorted[0] }
  var greatest: Double { sorted[sorted.count - 1] }

  /// Each value divided by the yardstick of the same round, so that a machine that slows down between
  /// rounds slows both. The order of `values` and `yardsticks` is that of the rounds.
  static func ratios(of values: [Double], to yardsticks: [Double]) -> Samples {
    precondition(values.count == yardsticks.count, "every round measures its own yardstick")
    return Samples(zip(values, yardsticks).map { $0 / $1 })
  }
}

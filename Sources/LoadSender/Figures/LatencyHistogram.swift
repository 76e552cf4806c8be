// Counts how often each latency was seen, to within 1.6 %, in memory that does not grow with their number.

package struct LatencyHistogram: Sendable, Equatable {
  /// Values below 64 microseconds have a place each, then every doubling has 64.
  private static let placesPerDoubling = 64
  private static let doublings = 32

  private var counts = [Int](repeating: 0, count: placesPerDoubling * doublings)
  package private(set) var count = 0
  package private(set) var greatest = Duration.zero

  package init() {}

  package mutating func record(_ latency: Duration) {
    counts[Self.place(of: latency.microseconds)] += 1
    count += 1
    greatest = max(greatest, latency)
  }

  /// What this share of all latencies did not exceed. Nothing was recorded: zero.
  package func quantile(_ share: Double) -> Duration {
    guard count > 0 else { return .zero }
    let wanted = max(1, Int((share * Double(count)).rounded(.up)))
    var seen = 0
    for (place, here) in counts.enumerated() {
      seen += here
      if seen >= wanted { return min(greatest, .microseconds(Self.most(at: place))) }
    }
    return greatest
  }

  private static func place(of value: Int) -> Int {
    guard value >= placesPerDoubling else { return max(0, value) }
    let doubling = Int.bitWidth - value.leadingZeroBitCount - 6
    let place = doubling * placesPerDoubling + (value >> (doubling - 1)) - placesPerDoubling
    return min(place, placesPerDoubling * doublings - 1)
  }

  /// The greatest value that is counted there.
  private static func most(at place: Int) -> Int {
    guard place >= placesPerDoubling else { return place }
    let doubling = place / placesPerDoubling
    return (place % placesPerDoubling + placesPerDoubling + 1) << (doubling - 1) - 1
  }
}

extension Duration {
  var microseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
  }
}

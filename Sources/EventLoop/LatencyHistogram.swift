// Latencies as counts in buckets about a factor of two apart, from fifty microseconds to ten seconds: what
// Prometheus adds up over workers and processes, and works percentiles out of.

/// How long answers took.
package struct LatencyHistogram: Sendable {
  /// Upper bounds in nanoseconds; a last bucket takes what is slower.
  package static let bounds: [Int64] = [
    50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
    100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000, 10_000_000_000,
  ]

  package private(set) var buckets = InlineArray<17, UInt64>(repeating: 0)
  package private(set) var sumNanoseconds: UInt64 = 0

  package init() {}

  package mutating func note(nanoseconds: Int64) {
    var bucket = 0
    while bucket < Self.bounds.count, nanoseconds > Self.bounds[bucket] { bucket += 1 }
    buckets[bucket] &+= 1
    sumNanoseconds &+= UInt64(max(0, nanoseconds))
  }

  package mutating func add(_ other: LatencyHistogram) {
    for index in buckets.indices { buckets[index] &+= other.buckets[index] }
    sumNanoseconds &+= other.sumNanoseconds
  }
}

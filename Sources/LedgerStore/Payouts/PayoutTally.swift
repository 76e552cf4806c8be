// What a process did with payouts, counted for its metrics.

/// One worker's; used on its loop only.
package final class PayoutTally: @unchecked Sendable {
  package struct Counts: Sendable, Equatable {
    package internal(set) var planned: Int64 = 0
    /// Lines of the postings that this process settled: that took effect, and that did not. Each attempt at a
    /// line counts, and what another process posted before it died counts for whoever settles it.
    package internal(set) var credited: Int64 = 0
    package internal(set) var refused: Int64 = 0
    /// That cannot go on, or could not be planned when their period was closed.
    package internal(set) var failed: Int64 = 0

    package init() {}

    package mutating func add(_ other: Counts) {
      planned += other.planned
      credited += other.credited
      refused += other.refused
      failed += other.failed
    }
  }

  package private(set) var counts = Counts()

  package init() {}

  package func planned(_ payouts: Int = 1) { counts.planned += Int64(payouts) }

  package func posted(credited: Int, refused: Int) {
    counts.credited += Int64(credited)
    counts.refused += Int64(refused)
  }

  package func failed(_ payouts: Int = 1) { counts.failed += Int64(payouts) }
}

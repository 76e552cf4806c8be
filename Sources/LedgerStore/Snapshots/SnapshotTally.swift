// What a process did with snapshots, counted for its metrics.

/// One worker's; used on its loop only.
package final class SnapshotTally: @unchecked Sendable {
  package struct Counts: Sendable, Equatable {
    /// That were taken, by what for.
    package internal(set) var taken: [SnapshotPlan.Purpose: Int64] = [:]
    package internal(set) var failed: Int64 = 0
    /// Held against mirrors; and those that were to be and were not.
    package internal(set) var compared: Int64 = 0
    package internal(set) var notCompared: Int64 = 0
    /// Accounts of those that were compared.
    package internal(set) var checked: Int64 = 0
    package internal(set) var drifted: Int64 = 0
    package internal(set) var repaired: Int64 = 0
    /// Whose entries were removed when their time was over; and those entries.
    package internal(set) var removed: Int64 = 0
    package internal(set) var removedEntries: Int64 = 0

    package init() {}

    package mutating func add(_ other: Counts) {
      taken.merge(other.taken) { $0 + $1 }
      failed += other.failed
      compared += other.compared
      notCompared += other.notCompared
      checked += other.checked
      drifted += other.drifted
      repaired += other.repaired
      removed += other.removed
      removedEntries += other.removedEntries
    }
  }

  package private(set) var counts = Counts()

  package init() {}

  package func took(_ purpose: SnapshotPlan.Purpose) { counts.taken[purpose, default: 0] += 1 }

  package func failed() { counts.failed += 1 }

  package func compared(_ comparison: Snapshot.Comparison) {
    counts.compared += 1
    counts.checked += comparison.checked
    counts.drifted += comparison.drifted
    counts.repaired += comparison.repaired
  }

  package func didNotCompare() { counts.notCompared += 1 }

  package func removed(entries: Int64) {
    counts.removed += 1
    counts.removedEntries += entries
  }
}

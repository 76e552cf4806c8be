// A rank that somebody once had, with as much of the snapshot as one wants to see beside it.
package import Ledger

package struct PastRank: Sendable, Equatable {
  package let snapshot: SnapshotID
  /// Where to go on from in a history.
  package let cursor: SnapshotCursor
  /// What the snapshot was taken for; of a revision, what the first of its line was.
  package let purpose: SnapshotPlan.Purpose
  package let period: SnapshotPlan.Period?
  package let revision: Int32
  package let members: Int64
  package let entry: SnapshotEntry

  package init(
    snapshot: SnapshotID, cursor: SnapshotCursor, purpose: SnapshotPlan.Purpose,
    period: SnapshotPlan.Period?, revision: Int32, members: Int64, entry: SnapshotEntry
  ) {
    self.snapshot = snapshot
    self.cursor = cursor
    self.purpose = purpose
    self.period = period
    self.revision = revision
    self.members = members
    self.entry = entry
  }

  /// The instant that the snapshot shows.
  package var asOf: Instant { cursor.asOf }
}

/// A place among the snapshots of a board, which are in order of the instants that they show.
package struct SnapshotCursor: Sendable, Hashable {
  package let asOf: Instant
  package let number: SnapshotNumber

  package init(asOf: Instant, number: SnapshotNumber) {
    self.asOf = asOf
    self.number = number
  }

  /// Behind the newest.
  package static let newest = SnapshotCursor(
    asOf: Instant(microseconds: .max), number: SnapshotNumber(.max))

  /// Nil for a snapshot that was not taken yet.
  package init?(_ snapshot: Snapshot) {
    guard let asOf = snapshot.plan.asOf else { return nil }
    self.init(asOf: asOf, number: snapshot.number)
  }
}

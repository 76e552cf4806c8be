// What became of one user from one snapshot to another.
package import Ledger

package struct SnapshotDifference: Sendable, Equatable {
  /// Nil for one who came.
  package let before: SnapshotEntry?
  /// Nil for one who went.
  package let after: SnapshotEntry?

  package init(before: SnapshotEntry?, after: SnapshotEntry?) {
    self.before = before
    self.after = after
  }

  /// Whether the ranks or the scores are not the same.
  package var isChange: Bool {
    before?.rank != after?.rank || before?.score != after?.score
  }
}

/// Some users of two snapshots, in the order of their ids.
package struct SnapshotDifferences: Sendable, Equatable {
  /// Only of those with whom something changed.
  package let changes: [SnapshotDifference]
  /// Where to go on, if there is more. A page may be short or empty all the same.
  package let nextAfter: UserID?
}

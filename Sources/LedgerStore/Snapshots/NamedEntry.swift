// Entries as they are shown: a snapshot keeps no names, for people change theirs and may ask for it to be
// forgotten, so an entry bears the name that its user has today.

package struct NamedEntry: Sendable, Equatable {
  package let entry: SnapshotEntry
  package let displayName: String?

  package init(_ entry: SnapshotEntry, displayName: String?) {
    self.entry = entry
    self.displayName = displayName
  }
}

/// Where one user was.
package struct PastStanding: Sendable, Equatable {
  package let row: NamedEntry
  /// How many had a better score.
  package let better: Int64
  /// The nearest better score; nil for the best.
  package let nextScore: Int64?

  package init(row: NamedEntry, better: Int64, nextScore: Int64?) {
    self.row = row
    self.better = better
    self.nextScore = nextScore
  }
}

// What a revision changed of one user, as it is written down for good.
package import Ledger

package struct SnapshotChange: Sendable, Equatable {
  package struct Fixed: Sendable, Equatable {
    package let score: Int64
    package let reachedAt: Instant

    package init(score: Int64, reachedAt: Instant) {
      self.score = score
      self.reachedAt = reachedAt
    }
  }

  package let user: UserID
  /// In the snapshot before.
  package let scoreWas: Int64
  /// Nil for who was disqualified.
  package let fixed: Fixed?

  package var isDisqualified: Bool { fixed == nil }

  package init(user: UserID, scoreWas: Int64, fixed: Fixed?) {
    self.user = user
    self.scoreWas = scoreWas
    self.fixed = fixed
  }
}

/// A change as it is found from the user, with where it was made.
package struct SnapshotFix: Sendable, Equatable {
  package let revision: Int32
  package let snapshot: SnapshotID
  package let why: String
  package let change: SnapshotChange
}

// One who is listed in a snapshot.
package import Ledger

package struct SnapshotEntry: Sendable, Equatable {
  /// From 1 without a gap, best first; of equals, who had the score first, then by the bytes of the id.
  package let place: Int32
  /// As the board ranks: equals may share one.
  package let rank: Int32
  package let user: UserID
  package let score: Int64
  package let reachedAt: Instant
  /// How many transactions the account had when it was read.
  package let version: Int64

  package init(
    place: Int32, rank: Int32, user: UserID, score: Int64, reachedAt: Instant, version: Int64
  ) {
    self.place = place
    self.rank = rank
    self.user = user
    self.score = score
    self.reachedAt = reachedAt
    self.version = version
  }
}

/// One who was read of a mirror. The snapshot finds ranks by itself, so that they agree with the scores in
/// it.
package struct SnapshotArrival: Sendable, Equatable {
  package let user: UserID
  package let score: Int64
  package let reachedAt: Instant
  package let version: Int64

  package init(user: UserID, score: Int64, reachedAt: Instant, version: Int64) {
    self.user = user
    self.score = score
    self.reachedAt = reachedAt
    self.version = version
  }
}

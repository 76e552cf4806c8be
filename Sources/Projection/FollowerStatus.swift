// What a follower tells about itself, for the metrics and for /ready.
import BoardStore
import Ledger

package struct FollowerStatus: Sendable {
  package internal(set) var holdsLease = false
  /// The last position of the ledger at the last round.
  package private(set) var head: Int64 = 0
  /// Batches that the mirror which is furthest behind has yet to get.
  package private(set) var lag: Int64 = 0
  package private(set) var rounds = 0
  package private(set) var failures = 0
  package internal(set) var accountsSent = 0
  package internal(set) var rebuilds = 0
  package private(set) var lastFailure: String?
  /// Mirrors that are not ours to touch.
  package private(set) var foreign: [String] = []

  mutating func note(
    head: LedgerPosition, followed: [MirrorState], foreign: [(PointTypeID, ForeignMirror)]
  ) {
    rounds += 1
    self.head = head.number
    lag = followed.compactMap(\.live?.position.number).min().map { head.number - $0 } ?? 0
    self.foreign = foreign.map { "\($0.0): \(MirrorUnavailable.foreign($0.1))" }
    lastFailure = nil
  }

  mutating func note(_ error: FollowError) {
    failures += 1
    lastFailure = error.description
  }
}

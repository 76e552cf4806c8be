// What a follower tells about itself, for the metrics and for /ready.
import BoardStore
package import EventLoop
import Ledger

package struct FollowerStatus: Sendable {
  package private(set) var holdsLease = false
  /// The last position of the ledger at the last round.
  package private(set) var head: Int64 = 0
  /// Batches that the mirror which is furthest behind has yet to get.
  package private(set) var lag: Int64 = 0
  /// Since when a mirror lacks something; the loop's clock. Nil while none does.
  package private(set) var behindSince: MonotonicInstant?
  /// When all that was there had been followed, or this process began to follow.
  private var caughtUp: MonotonicInstant?
  package private(set) var rounds = 0
  package private(set) var failures = 0
  package internal(set) var accountsSent = 0
  package private(set) var rebuilds = 0
  /// Of which nobody kept mirrors any more.
  package internal(set) var layoutsRemoved = 0
  package private(set) var failedRebuilds = 0
  /// Mirrors that were found true after Postgres was started anew.
  package private(set) var proofs = 0
  package private(set) var lastFailure: String?
  /// Why mirrors could not be built when that was last tried; rounds go on meanwhile.
  private var rebuildFailures: [PointTypeID: FollowError] = [:]
  /// Mirrors that are not ours to touch.
  package private(set) var foreign: [String] = []

  /// Who does not follow knows nothing of mirrors that cannot be built.
  mutating func note(holdsLease: Bool, at now: MonotonicInstant) {
    if holdsLease, !self.holdsLease { caughtUp = now }
    if !holdsLease { (behindSince, caughtUp) = (nil, nil) }
    self.holdsLease = holdsLease
    if !holdsLease { rebuildFailures = [:] }
  }

  mutating func note(
    head: LedgerPosition, followed: [MirrorState], toMend: [PointTypeID],
    foreign: [(PointTypeID, ForeignMirror)]
  ) {
    rounds += 1
    rebuildFailures = rebuildFailures.filter { toMend.contains($0.key) }
    self.head = head.number
    lag = followed.compactMap(\.live?.position.number).min().map { head.number - $0 } ?? 0
    self.foreign = foreign.map { "\($0.0): \(MirrorUnavailable.foreign($0.1))" }
    lastFailure = nil
  }

  /// How the round went: the oldest change that it found not followed was written then.
  mutating func note(behindSince instant: MonotonicInstant?, at now: MonotonicInstant) {
    behindSince = instant
    if instant == nil { caughtUp = now }
  }

  /// How old the oldest change is that a mirror lacks. While rounds fail nobody knows of any; then it is
  /// counted from the last one that left nothing.
  package func lagTime(at now: MonotonicInstant) -> Duration {
    let since = behindSince ?? (lastFailure == nil ? nil : caughtUp)
    return since.map { .nanoseconds(max(0, now.nanoseconds(since: $0))) } ?? .zero
  }

  mutating func noteRebuild(of type: PointTypeID) {
    rebuilds += 1
    rebuildFailures[type] = nil
  }

  mutating func noteProof(of type: PointTypeID) {
    proofs += 1
    rebuildFailures[type] = nil
  }

  mutating func noteFailedRebuild(of type: PointTypeID, _ error: FollowError) {
    failedRebuilds += 1
    rebuildFailures[type] = error
  }

  /// In a sentence for each mirror that is not being built.
  package var rebuildFailure: String? {
    guard !rebuildFailures.isEmpty else { return nil }
    return rebuildFailures.map { "\($0.key): \($0.value)" }.sorted().joined(separator: "; ")
  }

  mutating func note(_ error: FollowError) {
    failures += 1
    lastFailure = error.description
  }
}

// Whether a run may go on, decided from the answers to its prolongations and from the time. It knows no
// Postgres and no clock; both are told to it.
package import EventLoop

package struct RunWatch: Sendable {
  /// Why a run must stop.
  package enum Ending: Sendable, Equatable {
    /// Another process has the lease, or may have it by now: nothing of this run is recorded.
    case lost
    /// It took too long. It is recorded as a failure if it ends before the lease, which is no longer
    /// prolonged.
    case tooLong
  }

  private let lease: Duration
  private let end: MonotonicInstant
  /// Until then nobody else can have begun.
  private var heldUntil: MonotonicInstant
  /// Once it is set it stays.
  package private(set) var ending: Ending?

  /// The lease was asked for at this instant, and taken.
  package init(askedAt: MonotonicInstant, lease: Duration, longest: Duration) {
    self.lease = lease
    heldUntil = askedAt + lease
    end = askedAt + longest
  }

  /// The answer to a prolongation that was asked for at this instant.
  package mutating func answered(isOurs: Bool, askedAt: MonotonicInstant) {
    if isOurs { heldUntil = max(heldUntil, askedAt + lease) } else { ending = ending ?? .lost }
  }

  /// Why it must stop now, if it must.
  package mutating func look(at now: MonotonicInstant) -> Ending? {
    if ending == nil {
      if now >= heldUntil { ending = .lost } else if now >= end { ending = .tooLong }
    }
    return ending
  }
}

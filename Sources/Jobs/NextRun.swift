// When a job is due again. A run that failed is repeated after a pause that grows with every further failure,
// and never later than its schedule says: a job that runs every few seconds is not held up by its failures.
package import Ledger
package import LedgerStore

package enum NextRun {
  package static let shortestPause = Duration.seconds(5)
  package static let longestPause = Duration.seconds(900)

  /// After a run that ended now. `failuresInRow` counts it, if it failed.
  package static func after(
    _ now: Instant, failuresInRow: Int32, schedule: (any Schedule)?
  ) -> JobStore.NextDue {
    guard let schedule else { return .unchanged }
    let regular = schedule.next(after: now)
    guard failuresInRow > 0 else { return .at(regular) }
    let again = now.adding(pause(afterFailures: failuresInRow))
    return .at(regular.map { min($0, again) } ?? again)
  }

  package static func pause(afterFailures count: Int32) -> Duration {
    guard count > 0 else { return .zero }
    let doublings = min(count - 1, 20)
    return min(longestPause, shortestPause * (1 << doublings))
  }
}

extension Instant {
  fileprivate func adding(_ duration: Duration) -> Instant {
    let (seconds, attoseconds) = duration.components
    let (sum, isTooMuch) = microseconds.addingReportingOverflow(
      seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    return Instant(microseconds: isTooMuch ? .max : sum)
  }
}

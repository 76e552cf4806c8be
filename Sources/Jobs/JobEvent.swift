// What a runner has to tell.
package import LedgerStore

package enum JobEvent: Sendable {
  /// A run ended and did something.
  case ran(job: String, JobReport, Duration)
  /// A run failed, so many one after the other.
  case failed(job: String, reason: String, inRow: Int32, Duration)
  /// A run lost its lease: another process has begun, or will. It counts nowhere.
  case lost(job: String)
  /// A run ended, and Postgres did not take that in: it will be repeated.
  case unrecorded(job: String, reason: String)
}

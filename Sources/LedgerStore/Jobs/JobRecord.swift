// How a job stands, as its row says. All times are Postgres's.
package import Ledger
import PostgresClient

package struct JobRecord: Sendable, Equatable {
  package var name: String
  /// As configured; nil where it runs only when it is asked for.
  package var schedule: String?
  package var timeZone: String
  package var nextDueAt: Instant?
  /// Requests that were made, those that the last run to begin was for, and those that were answered by one
  /// that ended.
  package var requests: Int64 = 0
  package var startedRequests: Int64 = 0
  package var servedRequests: Int64 = 0
  /// Of the run that began last.
  package var startedAt: Instant?
  package var progress: JobSteps?
  /// Of the run that ended last.
  package var last: FinishedJob?
  package var runs: Int64 = 0
  package var failures: Int64 = 0
  /// That failed one after the other just now.
  package var failuresInRow: Int32 = 0
  /// Runs whose process ended, or lost its lease, before they did.
  package var lostRuns: Int64 = 0
  package var isRunning = false
  package var isDue = false
  /// For how long it has been due without running.
  package var overdueSeconds = 0.0

  package init(name: String, schedule: String?, timeZone: String) {
    self.name = name
    self.schedule = schedule
    self.timeZone = timeZone
  }

  /// Whether somebody waits for a run that has not begun, or began and was lost.
  package var isRequested: Bool { requests > servedRequests }
}

/// How far a run is.
package struct JobSteps: Sendable, Equatable {
  package var done: Int64
  /// Nil where nobody knows.
  package var total: Int64?

  package init(done: Int64, total: Int64?) {
    self.done = done
    self.total = total
  }
}

/// A run that ended.
package struct FinishedJob: Sendable, Equatable {
  package var finishedAt: Instant
  package var seconds: Double
  package var report: JobReport
}

/// What came of a run.
package struct JobReport: Sendable, Equatable {
  /// What was done, as a short sentence.
  package var outcome: String?
  /// The same in numbers.
  package var counts: [JobCount]
  /// Why it failed, if it did.
  package var error: String?

  package init(outcome: String?, counts: [JobCount] = [], error: String? = nil) {
    self.outcome = outcome
    self.counts = counts
    self.error = error
  }
}

/// Something that a run counted.
package struct JobCount: Sendable, Equatable {
  package let name: String
  package let value: Int64

  package init(_ name: String, _ value: Int64) {
    self.name = name
    self.value = value
  }
}

// Leases that nobody has had for long are of duties that no release knows any more, or of jobs that are gone.
// They do no harm but to whoever reads the table.
import LedgerStore
package import PostgresClient

package enum SweepLeases {
  package static let job = PlannedJob(
    "sweep-leases", at: "10 4 * * *", "Removes leases that nobody has had for 30 days.")

  private static let age = 30.0 * 86_400

  /// Leases whose names begin so stay: somebody else finds out by them what is not in use any more.
  package static func duty(
    _ schedule: (any Schedule)?, sparing beginnings: [String], pool: PostgresPool
  ) -> Duty {
    Duty(job.title, schedule: schedule, longest: .seconds(300)) { _ throws(JobFailure) in
      let count = try await JobFailure.explaining { () async throws(PostgresError) in
        try await Lease.sweep(unusedFor: age, sparing: beginnings, in: pool)
      }
      return JobOutcome(
        count == 1 ? "1 lease was removed" : "\(count) leases were removed",
        counts: [JobCount("removed", count)])
    }
  }
}

// The jobs of the service. A job is planned here with its schedule, and made a duty where a worker's stores
// are at hand; whoever adds one adds a line to each of the two lists.
import API
import EventLoop
package import Jobs
import LedgerStore
import PostgresClient
import Projection

package enum ServiceJobs {
  /// Every job there is, by its plan.
  package static let all: [PlannedJob] = [
    SweepLeases.job, BoardDuties.closing, BoardDuties.filling, SnapshotDuties.taking, SnapshotDuties.retiring,
    PayoutDuties.planning, PayoutDuties.paying,
  ]

  /// The same as duties of the worker that runs them for its process.
  static func duties(
    _ timetable: Timetable, pool: PostgresPool, boards: BoardDuties, snapshots: SnapshotDuties,
    payouts: PayoutDuties
  ) -> [Duty] {
    boards.duties(timetable) + snapshots.duties(timetable) + payouts.duties(timetable) + [
      // Followers find out by their leases which layouts of mirrors are not in use any more.
      SweepLeases.duty(
        timetable.schedule(of: SweepLeases.job.title.name), sparing: ["\(Follower.duty):"], pool: pool)
    ]
  }
}

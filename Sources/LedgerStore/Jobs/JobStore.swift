// Jobs as Postgres keeps them: when each is due, who asked for a run, and what came of the last one. It is
// the same for all processes, so a run can be asked for at any of them.
package import Ledger
package import PostgresClient

package struct JobStore: Sendable {
  package let pool: PostgresPool

  package init(pool: PostgresPool) {
    self.pool = pool
  }

  /// By the clock that decides.
  package func now() async throws(PostgresError) -> Instant {
    guard let clock = try await pool.first(ReadClock()) else { throw .unexpectedRowCount(0) }
    return clock.now
  }

  /// Enters a job. One that is there with the same schedule stays as it is, unless it is due later than that
  /// says: then the clock was ahead when it was written. `sparesOthers` leaves another schedule as it is.
  package func register(
    _ name: String, schedule: String?, timeZone: String, nextDueAt: Instant?, sparesOthers: Bool = false
  ) async throws(PostgresError) {
    try await pool.execute(
      RegisterJob(
        name: name, schedule: schedule, timeZone: timeZone, nextDueAt: nextDueAt,
        sparesOthers: sparesOthers))
  }

  /// Those of these jobs that are known, in the order of their names.
  package func read(_ names: [String]) async throws(PostgresError) -> [JobRecord] {
    try await pool.query(ReadJobs(names: names))
  }

  /// Asks for a run; the request's number, or nil where no such job is known. The run that answers it has
  /// ended when `servedRequests` has reached the number.
  package func request(_ name: String) async throws(PostgresError) -> Int64? {
    try await pool.first(RequestJob(name: name))
  }

  // MARK: For whoever runs one

  /// What a run that has begun is for.
  package struct Begun: Sendable {
    package let at: Instant
    package let request: Int64
    package let failuresInRow: Int32
  }

  /// Begins a run, or nil where there is nothing to do any more, or the lease passed on. `bySchedule` says
  /// whether being due is a reason, or only being asked for.
  package func start(_ term: JobTerm, bySchedule: Bool) async throws(PostgresError) -> Begun? {
    try await pool.first(StartJob(term: term, bySchedule: bySchedule))
  }

  /// Prolongs the lease and notes how far the run is. The time, or nil where another had the lease meanwhile.
  package func keep(_ term: JobTerm, _ steps: JobSteps?) async throws(PostgresError) -> Instant? {
    try await pool.first(KeepJob(term: term, steps: steps))
  }

  /// When a job is due next.
  package enum NextDue: Sendable, Equatable {
    case unchanged
    case at(Instant?)
  }

  /// Records what came of a run, and gives the lease back. Whether it was recorded: if another had the lease
  /// meanwhile it is not.
  package func finish(
    _ term: JobTerm, _ begun: Begun, _ report: JobReport, next: NextDue
  ) async throws(PostgresError) -> Bool {
    let finish = FinishJob(term: term, request: begun.request, report: report, next: next)
    let isRecorded = try await pool.execute(finish) == 1
    try? await term.lease.giveBack(to: pool)
    return isRecorded
  }
}

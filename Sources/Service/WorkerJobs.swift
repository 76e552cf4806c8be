// A worker's share in jobs: the routes that every worker has, and the runner that one has for its process.
import API
import Configuration
import EventLoop
import Jobs
import Ledger
import LedgerStore
import PostgresClient

/// Made on a worker's loop and used there only.
final class WorkerJobs: @unchecked Sendable {
  private let loop: EventLoop
  private let timetable: Timetable
  private let rhythm: JobRhythm
  private let dutyPool: PostgresPool
  private let log: JobLog
  private let bell: JobBell
  private var runner: JobRunner?
  private var running: Task<Void, Never>?
  private var isRunning = false

  init(loop: EventLoop, plan: ServicePlan, dutyPool: PostgresPool) {
    self.loop = loop
    self.dutyPool = dutyPool
    timetable = plan.timetable
    rhythm = JobRhythm(lease: plan.configuration.jobsLease)
    log = JobLog(plan.log)
    bell = plan.jobBell
  }

  func addRoutes(to routes: inout GuardedRoutes, plan: ServicePlan, reading: PostgresPool) {
    JobRoutes.add(
      to: &routes,
      desk: JobDesk(
        ServiceJobs.all.map(\.title), store: JobStore(pool: reading),
        requestTimeout: plan.configuration.requestTimeout, on: loop))
  }

  /// Has this worker run the duties of its process.
  func run(_ boards: BoardDuties, _ snapshots: SnapshotDuties, _ payouts: PayoutDuties) {
    let log = log
    let runner = JobRunner(
      ServiceJobs.duties(
        timetable, pool: dutyPool, boards: boards, snapshots: snapshots, payouts: payouts),
      store: JobStore(pool: dutyPool), holder: .random(), rhythm: rhythm, on: loop
    ) { log.tell($0) }
    self.runner = runner
    let loop = loop
    bell.answer { job in loop.post { runner.hurry(job) } }
    isRunning = true
    running = loop.spawn { [self] in
      await runner.run()
      isRunning = false
    }
  }

  /// Stops what runs. A duty that waits for a store which does not answer is not waited for: closing the
  /// sessions ends its wait.
  func close(within limit: Duration) async {
    running?.cancel()
    let end = loop.clock.now + limit
    while isRunning, loop.clock.now < end {
      guard (try? await loop.sleep(for: .milliseconds(2))) != nil else { break }
    }
  }

  var records: [JobRecord] { runner?.records ?? [] }
}

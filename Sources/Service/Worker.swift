// One worker: one thread, one loop, and everything it needs to answer on its own. Workers share nothing, so
// none ever waits for another.
import API
import BoardScripts
import Configuration
import EventLoop
import HTTPServer
import Jobs
import LedgerStore
import PostgresClient
import RedisClient

/// A worker's parts, made on its loop and used there only.
final class Worker: @unchecked Sendable {
  let loop: EventLoop
  let http: HTTPWorker
  let redis: RedisClient
  /// For what callers read and change beside postings; one of them may keep it busy for long.
  let postgres: PostgresPool
  /// For what the worker itself must know in time: whose key it is, whether Postgres answers, how far mirrors
  /// are. Nothing that a caller can make long is asked here.
  let dutyPool: PostgresPool
  /// One session that sees one moment a transaction, for comparing sums; only one worker of a process makes
  /// it.
  private let snapshots: PostgresPool
  private let boardDuties: BoardDuties
  private let payoutDuties: PayoutDuties
  private let payoutTally = PayoutTally()
  private let payoutWatch: PayoutWatch
  private let snapshotDuties: SnapshotDuties
  let ledger: WorkerLedger
  private let jobs: WorkerJobs
  let snapshotting: WorkerSnapshots
  /// Who may use which route; those that are not listed are open.
  let access: [GuardedRoute]
  private var watching: Task<Void, Never>?
  private var countingPayouts: Task<Void, Never>?

  init(loop: EventLoop, plan: ServicePlan, crew: Crew) {
    loop.preconditionInside()
    self.loop = loop
    let redis = RedisClient(
      address: plan.redisAddress, loop: loop, scripts: BoardScripts.all, options: plan.redisOptions)
    self.redis = redis
    let postgres = PostgresPool(plan.postgresOptions, plan.poolOptions, on: loop)
    self.postgres = postgres
    let dutyPool = PostgresPool(plan.dutySessionOptions, plan.dutyPoolOptions, on: loop)
    self.dutyPool = dutyPool
    snapshots = PostgresPool(plan.snapshotSessionOptions, plan.snapshotPoolOptions, on: loop)
    ledger = WorkerLedger(loop: loop, plan: plan, dutyPool: dutyPool, redis: redis)
    jobs = WorkerJobs(loop: loop, plan: plan, dutyPool: dutyPool)
    snapshotting = WorkerSnapshots(loop: loop, plan: plan)
    boardDuties = ledger.boardDuties(plan: plan, pool: dutyPool, snapshots: snapshotting)
    snapshotDuties = snapshotting.duties(plan: plan, ledger: ledger, pool: dutyPool)
    let bell = plan.jobBell
    let hurryPayouts: @Sendable () -> Void = { bell.ring(for: PayoutDuties.paying.title.name) }
    payoutDuties = ledger.payoutDuties(
      pool: dutyPool, planning: snapshotting.settling, tally: payoutTally, isPlanned: hurryPayouts)
    payoutWatch = PayoutWatch(pool: dutyPool, on: loop)
    var router = Router<Endpoint>()
    HealthRoutes.add(to: &router, release: .current)
    OpenAPIRoutes.add(to: &router)
    ReadinessRoutes.add(
      to: &router,
      probes: [.postgres(dutyPool, on: loop), .ledger(dutyPool, on: loop), .redis(redis, on: loop)])
    if plan.configuration.benchEndpoints { BenchRoutes.add(to: &router, redis: redis, postgres: postgres) }
    let gate = AccessGate(Authenticator(dutyPool, on: loop), rateLimiter: plan.rateLimiter, on: loop)
    var routes = GuardedRoutes(router, behind: gate)
    ledger.addRoutes(to: &routes, plan: plan, reading: postgres)
    jobs.addRoutes(to: &routes, plan: plan, reading: postgres)
    snapshotting.addRoutes(to: &routes, plan: plan, ledger: ledger, reading: postgres)
    PayoutRoutes.add(
      to: &routes,
      desk: PayoutDesk(
        reading: postgres, planning: snapshotting.settling, tally: payoutTally,
        requestTimeout: plan.configuration.requestTimeout, isPayable: hurryPayouts),
      lookup: PointTypeLookup(ledger.catalog, pool: postgres, on: loop), reportKey: plan.reportKey)
    router = routes.router
    access = routes.list
    MetricsRoutes.add(to: &router, audience: plan.metricsAudience) { await crew.report(to: loop) }
    http = HTTPWorker(
      loop: loop, limits: plan.limits, router: router, accessLog: plan.accessLog, bodies: plan.bodies)
    loop.spawn { await redis.run() }
    loop.spawn { await postgres.run() }
    loop.spawn { await dutyPool.run() }
  }

  /// Has this worker watch the stores, follow the ledger, verify its mirrors and run jobs, for all.
  func watchStores(
    log: LineWriter, verifyRate: Int, refused: @escaping @Sendable (ServiceError) -> Void
  ) {
    ledger.follow()
    let snapshots = snapshots
    if verifyRate > 0 { loop.spawn { await snapshots.run() } }
    ledger.verify(rate: verifyRate, pool: dutyPool, snapshots: snapshots, log: VerifierLog(log))
    jobs.run(boardDuties, snapshotDuties, payoutDuties)
    let watch = StoreWatch(
      loop: loop, postgres: postgres, redis: redis, follower: ledger.follower, log: log, refused: refused)
    let payoutWatch = payoutWatch
    watching = loop.spawn { await watch.run() }
    countingPayouts = loop.spawn { await payoutWatch.run() }
  }

  /// After the last connection has closed: nobody asks the stores any more. Returns whether nothing is left
  /// that could come back to this loop. A look-up of a host's name cannot be given up, and a resolver may
  /// take longer than anybody wants to wait; then the loop must not be taken apart.
  func closeStores(within limit: Duration) async -> Bool {
    watching?.cancel()
    countingPayouts?.cancel()
    await watching?.value
    let end = loop.clock.now + limit
    await jobs.close(within: limit / 4)
    await ledger.close(within: end.remaining(from: loop.clock.now))
    await snapshotting.close(within: limit / 4)
    await redis.close(deadline: limit)
    await postgres.close(within: end.remaining(from: loop.clock.now))
    await dutyPool.close(within: end.remaining(from: loop.clock.now))
    await snapshots.close(within: end.remaining(from: loop.clock.now))
    // The one that counts is the visit that asks.
    while loop.runningTasks > 1, loop.clock.now < end {
      guard (try? await loop.sleep(for: .milliseconds(5))) != nil else { break }
    }
    return loop.runningTasks <= 1
  }

  func report() -> WorkerReport {
    loop.preconditionInside()
    var latency = postgres.latency
    latency.add(dutyPool.latency)
    return WorkerReport(
      worker: loop.name, loop: loop.statistics, runningTasks: loop.runningTasks, http: http.counters,
      openConnections: http.connectionCount,
      redis: RedisReport(
        counters: redis.counters, inFlight: redis.inFlight, isReady: redis.health == .ready,
        latency: redis.latency),
      postgres: postgres.statistics + dutyPool.statistics + ledger.writingStatistics,
      postgresLatency: latency, ledger: ledger.report, jobs: jobs.records,
      snapshots: snapshotting.tally.counts, payouts: payoutTally.counts, openPayouts: payoutWatch.open)
  }
}

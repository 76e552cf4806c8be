// A worker's share in the ledger: its lanes, its view of the mirrors, and the duties that keep the two in
// step.
import API
import BoardScripts
import BoardStore
import Configuration
import EventLoop
import HTTPServer
import Ledger
import LedgerStore
import PostgresClient
import Projection
import RedisClient
import Verification

/// Made on a worker's loop and used there only.
final class WorkerLedger: @unchecked Sendable {
  let catalog = PointTypeCatalog()
  let boards: BoardStore
  let lanes: LedgerLanes
  let follower: Follower
  private let loop: EventLoop
  /// Sessions for writing only: a slow read never keeps a lane waiting.
  private let writing: PostgresPool
  private let watch: MirrorWatch
  private let projector: Projector
  private let rankings: LedgerRankings
  private var live: LiveBoards?
  private var duties: [Task<Void, Never>] = []
  private var runningDuties = 0
  private var isFollowing = false
  private var verifier: ContinuousVerifier?

  init(loop: EventLoop, plan: ServicePlan, dutyPool: PostgresPool, redis: RedisClient) {
    self.loop = loop
    rankings = plan.rankings
    let boards = BoardStore(redis: redis, layout: plan.traits.layout)
    self.boards = boards
    let writing = PostgresPool(plan.laneSessionOptions, plan.lanePoolOptions, on: loop)
    self.writing = writing
    let projector = Projector(boards, patience: plan.configuration.redisTimeout)
    self.projector = projector
    lanes = LedgerLanes(plan.laneOptions, pool: writing, catalog: catalog, on: loop) {
      await projector.project($0)
    }
    watch = MirrorWatch(loop: loop, pool: dutyPool, boards: boards, catalog: catalog)
    follower = Follower(
      loop: loop, pool: dutyPool, boards: boards, catalog: catalog, holder: UUIDBits.random())
    loop.spawn { await writing.run() }
    let watch = watch
    begin { await watch.run() }
  }

  /// Has this worker follow the ledger for its process.
  func follow() {
    isFollowing = true
    let follower = follower
    begin { await follower.run() }
    let (loop, rankings) = (loop, rankings)
    begin {
      while (try? await loop.sleep(for: .seconds(10))) != nil { rankings.discardUnused(now: loop.clock.now) }
    }
  }

  /// Has this worker verify for its process, so many accounts a second.
  func verify(rate: Int, pool: PostgresPool, snapshots: PostgresPool, log: VerifierLog) {
    guard rate > 0 else { return }
    let verifier = ContinuousVerifier(
      loop: loop, pool: pool, snapshots: snapshots, boards: boards, catalog: catalog, rate: rate
    ) { log.tell($0) }
    self.verifier = verifier
    begin { await verifier.run() }
  }

  private func begin(_ duty: @escaping @Sendable () async -> Void) {
    runningDuties += 1
    duties.append(
      loop.spawn { [self] in
        await duty()
        runningDuties -= 1
      })
  }

  /// Ends the duties, then the sessions; nobody posts any more. A duty that waits for a store which does not
  /// answer is not waited for: closing the sessions ends its wait.
  func close(within limit: Duration) async {
    for duty in duties { duty.cancel() }
    let end = loop.clock.now + limit
    let patience = loop.clock.now + limit / 4
    while runningDuties > 0, loop.clock.now < patience {
      guard (try? await loop.sleep(for: .milliseconds(2))) != nil else { break }
    }
    await writing.close(within: end.remaining(from: loop.clock.now))
  }

  /// Ends the streams of live boards, which never end by themselves.
  func endStreams() { live?.end() }

  var writingStatistics: PostgresPoolStatistics { writing.statistics }

  var report: LedgerReport {
    LedgerReport(
      lanes: lanes.counters, waitingLegs: lanes.waitingLegs, trustsMirrors: boards.minimumPosition != nil,
      follower: isFollowing ? follower.status : nil, mirrorLag: follower.status.lagTime(at: loop.clock.now),
      verifier: verifier?.status, live: live?.counters ?? LiveCounters())
  }
}

extension WorkerLedger {
  /// What keeps defined boards going, for the worker that runs jobs.
  func boardDuties(plan: ServicePlan, pool: PostgresPool, snapshots: WorkerSnapshots) -> BoardDuties {
    let projector = projector
    return BoardDuties(
      pool: pool, settling: snapshots.settling, comparing: snapshots.comparing(boards, pool: pool),
      tally: snapshots.tally, catalog: catalog, boards: boards, categories: plan.configuration.categories,
      zones: plan.zones
    ) { _ = await projector.project($0) }
  }

  /// What pays, for the worker that runs jobs. Planning has sessions that have the time it takes.
  func payoutDuties(
    pool: PostgresPool, planning: PostgresPool, tally: PayoutTally, isPlanned: @escaping @Sendable () -> Void
  ) -> PayoutDuties {
    PayoutDuties(
      PayoutRunner(pool: pool, lanes: lanes, tally: tally),
      AutomaticPayouts(pool: pool, planning: planning, postingIDs: PayoutDesk.postingID), tally: tally,
      isPlanned: isPlanned)
  }

  /// The routes of the ledger and its boards.
  func addRoutes(to routes: inout GuardedRoutes, plan: ServicePlan, reading: PostgresPool) {
    let reader = LedgerReader(pool: reading)
    let lookup = PointTypeLookup(catalog, pool: reading, on: loop)
    let projector = projector
    PostingRoutes.add(
      to: &routes,
      desk: PostingDesk(lanes, reader: reader, pool: reading, rules: PostingRules(plan.configuration)))
    BalanceRoutes.add(to: &routes, desk: BalanceDesk(lookup, reader: reader, boards: boards))
    let registry = BoardRegistry(pool: reading, catalog: catalog, zones: plan.zones)
    let desk = BoardDesk(
      lookup, boards: boards, rankings: plan.rankings, ledger: LedgerFollowing(reading),
      past: PastPeriods(SnapshotReader(pool: reading), registry), on: loop)
    BoardRoutes.add(to: &routes, desk: desk)
    DistributionRoutes.add(to: &routes, desk: desk)
    ExplainRoutes.add(to: &routes, desk: ExplainDesk(desk, scores: ScoreReader(pool: reading)))
    let live = LiveBoards(desk, allowance: plan.listeners, on: loop)
    LiveRoutes.add(to: &routes, desk: desk, live: live)
    self.live = live
    HistoryRoutes.add(to: &routes, lookup: lookup, reader: reader)
    PointTypeRoutes.add(
      to: &routes, types: PointTypeStore(pool: reading, catalog: catalog), lookup: lookup)
    BoardDefinitionRoutes.add(
      to: &routes, registry: registry, lookup: lookup, categories: plan.configuration.categories)
    PeriodRoutes.add(to: &routes, registry: registry, lookup: lookup)
    AuditRoutes.add(to: &routes, reader: AuditReader(pool: reading))
    UserRoutes.add(to: &routes, users: UserStore(pool: reading)) { _ = await projector.project($0) }
  }
}

extension PostingRules {
  init(_ configuration: ServeConfiguration) {
    self.init()
    categories = configuration.categories
    minAward = configuration.minAward
    maxAward = configuration.maxAward
    occurredPast = configuration.occurredPast
    occurredFuture = configuration.occurredFuture
  }
}

extension ServicePlan {
  var laneOptions: LaneOptions {
    var options = LaneOptions()
    options.createsUsers = configuration.users == .open
    return options
  }

  var lanePoolOptions: PostgresPoolOptions {
    var options = PostgresPoolOptions()
    options.sessionsMax = LedgerLanes.sessions(laneOptions)
    return options
  }

  /// A statement of a duty looks for a session of its own: one that counts what is to be rebuilt keeps no key
  /// and no lease waiting.
  var dutyPoolOptions: PostgresPoolOptions {
    var options = PostgresPoolOptions()
    options.sessionsMax = 2
    options.statementsPerSession = 1
    return options
  }

  /// Duties go over large tables page by page, and look rows up by key: plans made while tables were small
  /// must not stay here either.
  var dutySessionOptions: PostgresConnectionOptions {
    var options = postgresOptions
    options.readByPlace()
    return options
  }

  /// Sums are of one moment, and go over all accounts of a type.
  var snapshotSessionOptions: PostgresConnectionOptions {
    var options = postgresOptions
    options.seeOneMoment()
    options.statementTimeout = .seconds(60)
    return options
  }

  var snapshotPoolOptions: PostgresPoolOptions {
    var options = PostgresPoolOptions()
    options.sessionsMax = 1
    return options
  }

  /// A lane's statements look rows up by key, always; a plan made while tables were small must not stay when
  /// they are large. So whatever is asked for, it is the same plan, and is not made again: by its own
  /// reckoning Postgres would plan for each batch, because the fewer are asked for, the less it expects to
  /// do. And a lane waits for a lock only so long: others wait behind it.
  var laneSessionOptions: PostgresConnectionOptions {
    var options = postgresOptions
    options.lockTimeout = .seconds(1)
    options.settings += ["enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit"].map { ($0, "off") }
    options.settings.append(("plan_cache_mode", "force_generic_plan"))
    return options
  }
}

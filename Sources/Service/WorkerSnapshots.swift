// A worker's share in snapshots: the routes that every worker has, and the one session that takes them.
// Ranking a million members takes time and memory that no other session is given.
import API
import BoardStore
import Configuration
import EventLoop
import LedgerStore
import PostgresClient
import Verification

/// Made on a worker's loop and used there only.
final class WorkerSnapshots: @unchecked Sendable {
  /// Takes snapshots, one after the other.
  let settling: PostgresPool
  let tally = SnapshotTally()
  private let loop: EventLoop
  private let log: SnapshotLog

  init(loop: EventLoop, plan: ServicePlan) {
    self.loop = loop
    log = SnapshotLog(plan.log)
    let settling = PostgresPool(plan.settlingSessionOptions, plan.settlingPoolOptions, on: loop)
    self.settling = settling
    loop.spawn { await settling.run() }
  }

  func addRoutes(
    to routes: inout GuardedRoutes, plan: ServicePlan, ledger: WorkerLedger, reading: PostgresPool
  ) {
    var options = SnapshotDesk.Options()
    options.requestTimeout = plan.configuration.requestTimeout
    let desk = SnapshotDesk(
      reading: reading, settling: settling, boards: ledger.boards,
      comparing: comparing(ledger.boards, pool: reading), tally: tally, options, on: loop)
    let lookup = PointTypeLookup(ledger.catalog, pool: reading, on: loop)
    SnapshotRoutes.add(to: &routes, desk: desk, lookup: lookup)
    ScheduleRoutes.add(
      to: &routes, schedules: SnapshotSchedules(pool: reading), snapshots: SnapshotReader(pool: reading),
      zones: plan.zones, lookup: lookup)
    let (rewards, snapshots) = (RewardReader(pool: reading), SnapshotReader(pool: reading))
    RewardRuleRoutes.add(
      to: &routes, rules: RewardRuleStore(pool: reading), reader: rewards, snapshots: snapshots,
      lookup: lookup)
    RewardTermsRoutes.add(
      to: &routes, terms: RewardTermsStore(pool: reading), reader: rewards, snapshots: snapshots,
      lookup: lookup)
  }

  /// Holds snapshots against mirrors.
  func comparing(_ boards: BoardStore, pool: PostgresPool) -> SnapshotComparing {
    let log = log
    return SnapshotComparing(boards, pool: pool, tally: tally, on: loop) { log.tell($0) }
  }

  /// What is done about snapshots, for the worker that runs jobs.
  func duties(plan: ServicePlan, ledger: WorkerLedger, pool: PostgresPool) -> SnapshotDuties {
    let log = log
    let taker = ScheduledSnapshots(
      pool: pool, settling: settling, boards: ledger.boards, catalog: ledger.catalog, zones: plan.zones,
      comparing: comparing(ledger.boards, pool: pool), tally: tally
    ) { log.tell($0) }
    let days = Int32(clamping: plan.configuration.keepClosesDays)
    return SnapshotDuties(taker, pool: pool, tally: tally, keepClosesDays: days > 0 ? days : nil) {
      log.tellRemoved($0)
    }
  }

  func close(within limit: Duration) async {
    await settling.close(within: limit)
  }
}

extension ServicePlan {
  var settlingSessionOptions: PostgresConnectionOptions {
    var options = postgresOptions
    options.settleSnapshots()
    return options
  }

  /// Whoever waits for the one session waits as long as others need it.
  var settlingPoolOptions: PostgresPoolOptions {
    var options = PostgresPoolOptions()
    options.sessionsMin = 0
    options.sessionsMax = 1
    options.statementsPerSession = 1
    options.waitTimeout = .seconds(600)
    options.idleLifetime = .seconds(60)
    return options
  }
}

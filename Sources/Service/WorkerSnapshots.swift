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
  private let loop: EventLoop

  init(loop: EventLoop, plan: ServicePlan) {
    self.loop = loop
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
      check: SnapshotCheck(boards: ledger.boards, pool: reading, on: loop), options, on: loop)
    SnapshotRoutes.add(
      to: &routes, desk: desk, lookup: PointTypeLookup(ledger.catalog, pool: reading, on: loop))
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

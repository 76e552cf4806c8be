// A way into the ledger for commands that post very many things: what a worker has, as far as writing needs
// it, on one loop. It needs no Redis: the followers of the services bring to the mirrors what was posted.
package import Configuration
package import EventLoop
package import Ledger
package import LedgerStore
package import PostgresClient

/// Made on a loop and used there only.
package struct LedgerDesk: Sendable {
  private let pool: PostgresPool
  package let loop: EventLoop
  package let lanes: LedgerLanes
  package let reader: LedgerReader
  package let users: UserStore
  package let types: PointTypeStore
  package let configuration: ServeConfiguration

  /// Portions that are worth having under way at once: while one is written, the next is prepared.
  package static let portionsAtOnce = 4
  /// Few large transactions cost least. As many legs hold up others, who post to the same accounts, for some
  /// tens of milliseconds.
  package static let legsPerPortion = Posting.legsMax

  /// Runs the body with a desk, and closes it afterwards. `createsUsers` says whether a user is registered by
  /// the first points.
  package static func open<Outcome: Sendable>(
    _ plan: ServicePlan, createsUsers: Bool, on loop: EventLoop,
    _ body: (LedgerDesk) async throws(PostgresError) -> Outcome
  ) async throws(PostgresError) -> Outcome {
    let options = laneOptions(createsUsers: createsUsers)
    var session = plan.laneSessionOptions
    // Nobody waits for the first answer here, and large transactions beside others take their time.
    session.statementTimeout = .seconds(60)
    session.lockTimeout = .seconds(5)
    var poolOptions = PostgresPoolOptions()
    poolOptions.sessionsMax = LedgerLanes.sessions(options) + 1
    poolOptions.waitTimeout = .seconds(30)
    let pool = PostgresPool(session, poolOptions, on: loop)
    loop.spawn { await pool.run() }
    let catalog = PointTypeCatalog()
    let desk = LedgerDesk(
      pool: pool, loop: loop, lanes: LedgerLanes(options, pool: pool, catalog: catalog, on: loop) { _ in [] },
      reader: LedgerReader(pool: pool), users: UserStore(pool: pool),
      types: PointTypeStore(pool: pool, catalog: catalog), configuration: plan.configuration)
    let outcome: Result<Outcome, PostgresError>
    do throws(PostgresError) {
      try await catalog.load(from: pool)
      outcome = .success(try await body(desk))
    } catch {
      outcome = .failure(error)
    }
    await pool.close(within: .seconds(1))
    return try outcome.get()
  }

  private static func laneOptions(createsUsers: Bool) -> LaneOptions {
    var options = LaneOptions()
    options.lanes = 3
    options.legsPerBatch = legsPerPortion
    options.regrouping = .zero ... .zero
    options.waitingLegsMax = (portionsAtOnce + 1) * legsPerPortion
    options.patience = .seconds(60)
    options.createsUsers = createsUsers
    return options
  }

  /// As read at the start, and anew whenever a posting finds that others have changed them.
  package func type(_ nameOrID: String) -> PointType? { lanes.catalog.type(nameOrID) }

  package func refreshTypes() async throws(PostgresError) { try await lanes.catalog.refresh(from: pool) }
}

extension ServicePlan {
  /// Whether points make a user of anybody.
  package var admitsAnybody: Bool { configuration.users == .open }
}

// Lanes on a loop and a thread of their own, for tests that are on none: to the ledger, several of them are
// several processes.
import EventLoop
import Ledger
import PostgresClient
import Synchronization
import TestSupport

@testable import LedgerStore

typealias PostingResult = Result<PostingOutcome, LedgerError>

/// One worker's lanes. Started and stopped by one task.
final class TestLane: @unchecked Sendable {
  let lanes: LedgerLanes
  private let pool: PostgresPool
  private let thread: LoopThread
  private let loop: EventLoop
  private let ended = Ended()

  private init(_ lanes: LedgerLanes, _ pool: PostgresPool, _ thread: LoopThread) {
    self.lanes = lanes
    self.pool = pool
    self.thread = thread
    loop = thread.loop
  }

  /// Connected, and knowing the point types.
  static func start(
    _ options: LaneOptions = .forTests, _ connection: PostgresConnectionOptions,
    project: @escaping LedgerLanes.Project = { _ in [] }
  ) async throws -> TestLane {
    let thread = LoopThread(running: EventLoop(name: "lane"))
    let loop = thread.loop
    let started = await onLoop(loop) {
      var poolOptions = PostgresPoolOptions.forTests(sessionsMax: LedgerLanes.sessions(options))
      poolOptions.sessionsMin = poolOptions.sessionsMax
      let pool = PostgresPool(connection, poolOptions, on: loop)
      let lanes = LedgerLanes(
        options, pool: pool, catalog: PointTypeCatalog(), on: loop, project: project)
      return (lanes, pool)
    }
    let lane = TestLane(started.0, started.1, thread)
    loop.spawn {
      await lane.pool.run()
      lane.ended.note()
    }
    let failure = await onLoop(loop) { () -> PostgresError? in
      do throws(PostgresError) {
        try await lane.lanes.catalog.load(from: lane.pool)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
    return lane
  }

  func post(_ posting: Posting) async -> PostingResult {
    await post(all: [posting])[0]
  }

  /// All in one turn of the loop.
  func post(all postings: [Posting]) async -> [PostingResult] {
    await Self.onLoop(loop) { [self] in await lanes.post(all: postings) }
  }

  var counters: LaneCounters {
    get async { await Self.onLoop(loop) { [self] in lanes.counters } }
  }

  var heldAccounts: Set<AccountKey> {
    get async { await Self.onLoop(loop) { [self] in lanes.heldAccounts } }
  }

  /// The held accounts, as soon as it has noticed one.
  func heldAccounts(within limit: Duration) async -> Set<AccountKey> {
    await Self.onLoop(loop) { [self] in
      let deadline = loop.clock.now + limit
      while lanes.heldAccounts.isEmpty, loop.clock.now < deadline {
        try? await loop.sleep(for: .milliseconds(2))
      }
      return lanes.heldAccounts
    }
  }

  /// Waits until so many lanes are at a batch.
  func untilBusy(_ count: Int) async {
    await Self.onLoop(loop) { [self] in
      while lanes.busyLanes < count { try? await loop.sleep(for: .milliseconds(2)) }
    }
  }

  func type(_ name: String) async -> PointTypeID? {
    await Self.onLoop(loop) { [self] in lanes.catalog.type(name)?.id }
  }

  /// Runs the body on the lane's loop, with its pool and its copy of the definitions.
  func with<Value: Sendable>(
    _ body: @escaping @Sendable (PostgresPool, PointTypeCatalog) async throws(PostgresError) -> Value
  ) async throws -> Value {
    let outcome = await Self.onLoop(loop) { [self] () -> Result<Value, PostgresError> in
      do throws(PostgresError) { return .success(try await body(pool, lanes.catalog)) } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  func stop() async {
    await Self.onLoop(loop) { [self] in await pool.close(within: .seconds(2)) }
    await ended.wait()
    thread.stopAndJoin()
  }

  static func onLoop<Value: Sendable>(
    _ loop: EventLoop, _ body: @escaping @Sendable () async -> Value
  ) async -> Value {
    await withCheckedContinuation { continuation in
      loop.spawn { continuation.resume(returning: await body()) }
    }
  }
}

/// Something that is over at some time, for waiters of any thread.
final class Ended: Sendable {
  private struct State {
    var isOver = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  func note() {
    let waiters = state.withLock { state in
      state.isOver = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  var isOver: Bool { state.withLock { $0.isOver } }

  func wait() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if !state.isOver { state.waiters.append(continuation) }
        return state.isOver
      }
      if isOver { continuation.resume() }
    }
  }
}

// The duties of snapshots over a database of a test's own, without a service around them: time is what the
// test says it is.
import BoardScripts
import BoardStore
import Boards
import Calendar
import EventLoop
import Jobs
import Ledger
import LedgerStore
import PostgresClient
import RedisClient
import Synchronization
import TestSupport
import Verification

@testable import Service

/// Used on its loop only.
final class SnapshotDutiesUnderTest: @unchecked Sendable {
  let database: LedgerDatabase
  let loop: EventLoop
  let pool: PostgresPool
  let catalog = PointTypeCatalog()
  let schedules: SnapshotSchedules
  let reader: SnapshotReader
  let settling: SnapshotSettling
  let tally = SnapshotTally()
  /// Of a server that is not there.
  private let redis: RedisClient
  private let boards: BoardStore
  private let events = Events()
  private(set) var type = PointTypeID(UUIDBits(high: 0, low: 0))

  private final class Events: Sendable {
    let told = Mutex<[String]>([])
  }

  struct Unfit: Error {}

  private init(_ database: LedgerDatabase, on loop: EventLoop) throws {
    self.database = database
    self.loop = loop
    var options = try database.options()
    options.settleSnapshots()
    pool = PostgresPool(options, .forTests(sessionsMax: 4), on: loop)
    schedules = SnapshotSchedules(pool: pool)
    reader = SnapshotReader(pool: pool)
    settling = SnapshotSettling(pool: pool)
    redis = RedisClient(
      address: try RedisAddress("redis://127.0.0.1:1"), loop: loop, scripts: BoardScripts.all,
      options: .forTests)
    boards = BoardStore(redis: redis)
  }

  /// Three accounts: ada 30, bob 20, cy 10.
  static func running(
    _ body: @escaping @Sendable (SnapshotDutiesUnderTest) async throws -> Void
  ) async throws {
    let database = try await LedgerDatabase.make()
    try await onNewLoop { loop in
      let duties = try SnapshotDutiesUnderTest(database, on: loop)
      let pool = duties.pool
      let end = OneShot<Void>()
      loop.spawn {
        await pool.run()
        end.fulfil(())
      }
      let outcome: Result<Void, any Error>
      do {
        try await duties.fill()
        outcome = .success(try await body(duties))
      } catch {
        outcome = .failure(error)
      }
      await pool.close(within: .seconds(1))
      await end.value()
      try outcome.get()
    }
  }

  private func fill() async throws {
    try await run(
      """
      INSERT INTO users (id) VALUES ('ada'), ('bob'), ('cy');
      INSERT INTO accounts (user_id, point_type_id, balance, held, total_earned, total_spent, version,
        revision, last_transaction_at, earned_at, updated_at, user_enabled)
      SELECT u.id, t.id, 40 - 10 * u.place, 0, 40 - 10 * u.place, 0, 1, 1, now(), now(), now(), true
      FROM (VALUES ('ada', 1), ('bob', 2), ('cy', 3)) AS u (id, place), point_types t
      """)
    try await catalog.load(from: pool)
    guard let points = catalog.type("points") else { throw Unfit() }
    type = points.id
  }

  /// As the owner, with triggers off.
  func run(_ statements: String) async throws {
    try await database.run("change", "SET session_replication_role = replica; \(statements)")
  }

  var told: [String] { events.told.withLock { $0 } }

  /// One process's share.
  func taker() -> ScheduledSnapshots {
    let events = events
    return ScheduledSnapshots(
      pool: pool, settling: pool, boards: boards, catalog: catalog, zones: TimeZoneFiles(),
      comparing: SnapshotComparing(boards, pool: pool, tally: tally, on: loop) { _ in }, tally: tally
    ) { event in
      let line =
        switch event {
        case .passed(let schedule, _, let reason): "passed \(schedule.name): \(reason)"
        case .failed(_, let reason): "failed: \(reason)"
        }
      events.told.withLock { $0.append(line) }
    }
  }

  func retirer(keepClosesDays: Int32? = nil) -> SnapshotDuties {
    let events = events
    return SnapshotDuties(taker(), pool: pool, tally: tally, keepClosesDays: keepClosesDays) { snapshot in
      events.told.withLock { $0.append("removed \(snapshot.contents?.members ?? -1)") }
    }
  }

  /// A schedule that is due first after this instant.
  @discardableResult
  func schedule(
    _ name: String, _ expression: String, in zone: String = "UTC", after instant: Instant,
    board: SnapshotBoard? = nil, source: SnapshotPlan.Source = .ledger, keepDays: Int32? = nil
  ) async throws -> SnapshotScheduleRecord {
    let schedule = SnapshotSchedule(
      id: ScheduleID(.random()), name: name, board: board ?? .balance(of: type), expression: expression,
      timeZone: zone, source: source, keepDays: keepDays)
    let cron = CronSchedule(try CronExpression(expression), in: try TimeZoneFiles().zone(named: zone))
    let outcome = try await schedules.create(schedule, firstDueAt: cron.next(after: instant))
    guard case .created(let record) = outcome else { throw Unfit() }
    return record
  }

  /// What schedules have taken, the last begun first.
  func taken() async throws -> [Snapshot] {
    try await reader.list(limit: 100).filter { $0.plan.purpose == .scheduled }
  }
}

extension Instant {
  /// On a day in November 2026.
  static func day(_ day: Int, _ hour: Int = 0, _ minute: Int = 0, second: Int = 0) -> Instant {
    let firstOfMonth = 1_793_491_200
    let seconds = firstOfMonth + (day - 1) * 86_400 + hour * 3_600 + minute * 60 + second
    return Instant(microseconds: Int64(seconds) * 1_000_000)
  }
}

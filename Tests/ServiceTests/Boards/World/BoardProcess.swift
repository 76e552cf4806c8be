// A process in miniature: all that a service has to post, to define boards, to fill, close and store them,
// and to mirror them. Nothing in it happens by itself: a test says when it looks, follows, fills and closes.
import BoardScripts
import BoardStore
import Boards
import Calendar
import EventLoop
import Jobs
import Ledger
import LedgerStore
import PostgresClient
import Projection
import RedisClient
import TestSupport
import Verification

@testable import Service

final class BoardProcess: @unchecked Sendable {
  let loop: EventLoop
  let pool: PostgresPool
  let boards: BoardStore
  let catalog = PointTypeCatalog()
  let follower: Follower
  let rebuilder: Rebuilder
  let watch: MirrorWatch
  let registry: BoardRegistry
  let users: UserStore
  let mail: BoardMail
  private let redis: RedisClient
  private let settling: PostgresPool
  private let lanes: LedgerLanes
  private let reader: LedgerReader
  private let duties: [Duty]
  private static let zones = TimeZoneFiles()
  /// Of the default type there is a board of each, by itself.
  static let categories = ["pve"]

  private init(
    _ loop: EventLoop, _ database: LedgerDatabase, _ redisURL: String, _ mailRandom: SeededGenerator?
  ) throws {
    self.loop = loop
    pool = PostgresPool(try database.options(), .forTests(sessionsMax: 6), on: loop)
    var patient = try database.options(application: "settler")
    patient.settleSnapshots()
    settling = PostgresPool(patient, .forTests(sessionsMax: 1), on: loop)
    redis = RedisClient(
      address: try RedisAddress(redisURL), loop: loop, scripts: BoardScripts.all, options: .forTests)
    boards = BoardStore(redis: redis)
    let mail = BoardMail(Projector(boards, patience: .seconds(1)), mailRandom)
    self.mail = mail
    lanes = LedgerLanes(.forTests, pool: pool, catalog: catalog, on: loop) { await mail.take($0) }
    let holder = UUIDBits.random()
    follower = Follower(loop: loop, pool: pool, boards: boards, catalog: catalog, holder: holder)
    rebuilder = Rebuilder(loop: loop, pool: pool, boards: boards, holder: holder)
    watch = MirrorWatch(loop: loop, pool: pool, boards: boards, catalog: catalog)
    registry = BoardRegistry(pool: pool, catalog: catalog, zones: Self.zones)
    users = UserStore(pool: pool)
    reader = LedgerReader(pool: pool)
    let tally = SnapshotTally()
    duties = BoardDuties(
      pool: pool, settling: settling,
      comparing: SnapshotComparing(boards, pool: pool, tally: tally, on: loop, grace: .zero) { _ in },
      tally: tally, catalog: catalog, boards: boards, categories: Self.categories, zones: Self.zones
    ) { _ = await mail.take($0) }
    .duties(try Timetable([BoardDuties.closing, BoardDuties.filling], changes: [], zone: "UTC"))
  }

  /// Runs the body with a process that lives as long. Its mail is lost, late and doubled if it is given
  /// randomness.
  static func running<Value: Sendable>(
    on database: LedgerDatabase, _ redisURL: String, mail: SeededGenerator? = nil,
    _ body: @escaping @Sendable (BoardProcess) async throws -> Value
  ) async throws -> Value {
    try await onNewLoop { loop in
      let process = try BoardProcess(loop, database, redisURL, mail)
      loop.spawn { await process.redis.run() }
      loop.spawn { await process.pool.run() }
      loop.spawn { await process.settling.run() }
      let outcome: Result<Value, any Error>
      do {
        try await process.catalog.load(from: process.pool)
        outcome = .success(try await body(process))
      } catch {
        outcome = .failure(error)
      }
      await process.redis.close(deadline: .seconds(1))
      for pool in [process.pool, process.settling] { await pool.close(within: .seconds(1)) }
      while loop.runningTasks > 1 { try? await loop.sleep(for: .milliseconds(1)) }
      return try outcome.get()
    }
  }

  /// Runs the body on this process's loop.
  func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    if loop.isInside { return try await body() }
    return try await withCheckedThrowingContinuation { continuation in
      loop.spawn {
        do { continuation.resume(returning: try await body()) } catch { continuation.resume(throwing: error) }
      }
    }
  }

  // MARK: What it does

  /// Several postings at once; those that were made.
  func post(_ postings: [[Leg]]) async -> [Receipt] {
    let service = ServiceID(UUIDBits(high: 7, low: 7))
    var random = SystemRandomNumberGenerator()
    let all = postings.map { legs in
      let id = PostingID(at: Instant(microseconds: 0), random: &random)
      return Posting(id: id, legs: legs, request: nil, service: service, isByAdmin: true)
    }
    return await lanes.post(all: all).compactMap { outcome in
      if case .success(.posted(let receipt)) = outcome { receipt } else { nil }
    }
  }

  func reversible(_ id: TransactionID) async throws -> ReversibleTransaction? {
    try await reader.reversible(id)
  }

  /// Lays periods down, closes what is over, stores it, and tells Redis.
  func close() async throws(JobFailure) { try await run(BoardDuties.closing) }

  func fill() async throws(JobFailure) { try await run(BoardDuties.filling) }

  private func run(_ job: PlannedJob) async throws(JobFailure) {
    for duty in duties where duty.name == job.title.name { _ = try await duty.runOnce(JobProgress()) }
  }

  /// Fills some accounts, and no more.
  func fillStep() async throws(PostgresError) {
    let step = try await BoardFiller(pool: pool, catalog: catalog).step()
    _ = await mail.take(step.accounts)
  }

  func put(_ user: UserID, isEnabled: Bool) async throws(PostgresError) {
    let put = try await users.put(user, UserTraits(displayName: nil, isEnabled: isEnabled))
    _ = await mail.take(put.changedAccounts)
  }

  /// What its duties do again and again.
  func look() async {
    try? await watch.runOnce()
    await follow()
  }

  /// By what it knows of the boards, be that old. What fails is done when it is done again.
  func follow() async {
    while let isMore = try? await follower.runOnce(), isMore {}
  }

  /// Who was interrupted while he built a mirror leaves half of one, and whoever builds the next drops it.
  func dropHalfBuilt(of type: PointTypeID) async {
    guard let state = try? await boards.markers(of: [type]).first, state.epochs.building != nil else {
      return
    }
    _ = try? await rebuilder.rebuild(type)
  }
}

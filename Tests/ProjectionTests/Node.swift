// A process in miniature: what a service has to write to the ledger, to mirror it and to read the mirror, on
// one loop. Tests run several at once, each on a thread of its own.
import BoardScripts
import BoardStore
import Boards
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import Projection
import RedisClient
import TestSupport

final class Node: @unchecked Sendable {
  /// For callers who are to be answered without a Redis that stalls.
  static let shortPatience = Duration.milliseconds(200)

  let loop: EventLoop
  let pool: PostgresPool
  let redis: RedisClient
  let boards: BoardStore
  let catalog = PointTypeCatalog()
  let lanes: LedgerLanes
  let follower: Follower
  let rebuilder: Rebuilder
  private let watch: MirrorWatch
  private var generator = SystemRandomNumberGenerator()
  private var duties: [Task<Void, Never>] = []
  private let service = ServiceID(UUIDBits(high: 7, low: 7))

  private init(
    _ loop: EventLoop, _ database: PostgresConnectionOptions, _ redisURL: String, _ layout: MirrorLayout,
    _ patience: Duration
  ) throws {
    self.loop = loop
    pool = PostgresPool(database, .forTests(sessionsMax: 6), on: loop)
    redis = RedisClient(
      address: try RedisAddress(redisURL), loop: loop, scripts: BoardScripts.all,
      options: patience == Self.shortPatience ? RedisOptions() : .forTests)
    boards = BoardStore(redis: redis, layout: layout)
    let projector = Projector(boards, patience: patience)
    lanes = LedgerLanes(.forTests, pool: pool, catalog: catalog, on: loop) { await projector.project($0) }
    let holder = UUIDBits(high: .random(in: 1 ... .max), low: .random(in: 1 ... .max))
    follower = Follower(loop: loop, pool: pool, boards: boards, catalog: catalog, holder: holder)
    rebuilder = Rebuilder(loop: loop, pool: pool, boards: boards, holder: holder)
    watch = MirrorWatch(loop: loop, pool: pool, boards: boards, catalog: catalog)
  }

  /// Runs the body with a node that lives as long. Its callers wait for Redis longer than a busy machine
  /// makes them, unless the test is about a Redis that stalls.
  static func running<Value: Sendable>(
    on database: LedgerDatabase, _ redisURL: String, layout: MirrorLayout = .current,
    patience: Duration = .seconds(30), follows: Bool = true,
    _ body: @escaping @Sendable (Node) async throws -> Value
  ) async throws -> Value {
    let options = try database.options()
    return try await onNewLoop { loop in
      let node = try Node(loop, options, redisURL, layout, patience)
      node.start(follows: follows)
      let outcome: Result<Value, any Error>
      do { outcome = .success(try await body(node)) } catch { outcome = .failure(error) }
      await node.stop()
      return try outcome.get()
    }
  }

  private func start(follows: Bool) {
    loop.spawn { [self] in await redis.run() }
    loop.spawn { [self] in await pool.run() }
    duties.append(loop.spawn { [self] in await watch.run() })
    if follows { duties.append(loop.spawn { [self] in await follower.run() }) }
  }

  private func stop() async {
    for duty in duties { duty.cancel() }
    for duty in duties { await duty.value }
    await redis.close(deadline: .seconds(1))
    await pool.close(within: .seconds(1))
    while loop.runningTasks > 1 { try? await loop.sleep(for: .milliseconds(2)) }
  }

  /// Runs the body on this node's loop, also for a test that stands on another's.
  func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    if loop.isInside { return try await body() }
    return try await withCheckedThrowingContinuation { continuation in
      loop.spawn {
        do { continuation.resume(returning: try await body()) } catch { continuation.resume(throwing: error) }
      }
    }
  }

  // MARK: What tests do

  func type(_ name: String = "points") async throws -> PointTypeID {
    if catalog.type(name) == nil { try await catalog.load(from: pool) }
    guard let type = catalog.type(name) else { throw Missing() }
    return type.id
  }

  struct Missing: Error {}

  /// Posts one leg; nil if it was refused.
  func post(_ change: Leg.Change, to user: String, of type: PointTypeID) async throws -> Receipt? {
    let key = AccountKey(user: UserID(stored: user), pointType: type)
    return try await post([Leg(account: key, change: change, kind: .award, details: TransactionDetails())])
  }

  func post(_ legs: [Leg]) async throws -> Receipt? {
    try await run { [self] in try await postHere(legs) }
  }

  private func postHere(_ legs: [Leg]) async throws -> Receipt? {
    let id = PostingID(at: Instant(microseconds: WallClock.now.microseconds), random: &generator)
    let posting = Posting(id: id, legs: legs, request: nil, service: service, isByAdmin: false)
    guard case .posted(let receipt) = try await lanes.post(posting) else { return nil }
    return receipt
  }

  /// Waits for a condition that other parts bring about; whether it came within a time that is enough on a
  /// busy machine, too.
  func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    let end = loop.clock.now + .seconds(60)
    while try await !condition() {
      guard loop.clock.now < end else { return false }
      try await loop.sleep(for: .milliseconds(5))
    }
    return true
  }

  /// Whether the mirror of the type can be read.
  func isMirrored(_ type: PointTypeID) async -> Bool {
    if case .value = await boards.balances(of: type, [UserID(stored: "x")]) { true } else { false }
  }

  /// All accounts of the type, from the ledger.
  func ledgerAccounts(_ type: PointTypeID) async throws -> [UserID: NamedAccount] {
    let following = LedgerFollowing(pool)
    var accounts: [UserID: NamedAccount] = [:]
    var last: UserID?
    while true {
      let page = try await following.accounts(of: type, after: last, limit: 1000)
      for one in page { accounts[one.account.key.user] = one }
      guard page.count == 1000 else { return accounts }
      last = page.last?.account.key.user
    }
  }

  /// What differs between ledger and mirror: accounts, then members and places of both boards.
  func differences(_ type: PointTypeID) async throws -> [String] {
    let ledger = try await ledgerAccounts(type)
    let users = Array(ledger.keys)
    var found: [String] = []
    var begin = 0
    while begin < users.count {
      let portion = Array(users[begin..<min(begin + 500, users.count)])
      begin += 500
      let answer = await boards.balances(of: type, portion)
      guard case .value(let mirrored, _) = answer else { return ["the mirror cannot be read: \(answer)"] }
      for (user, account) in zip(portion, mirrored) where account != ledger[user] { found.append("\(user)") }
    }
    for board in AllTimeBoard.allCases {
      if let difference = try await difference(board, ledger, type) { found.append(difference) }
    }
    return found
  }
}

// A ledger, its mirror and all that writes to both, on one loop; with ways to damage either behind their
// backs.
import BoardScripts
import BoardStore
import Boards
import EmbeddedServers
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import Projection
import RedisClient
import TestSupport
import Verification

final class World: @unchecked Sendable {
  let loop: EventLoop
  let database: LedgerDatabase
  let pool: PostgresPool
  let snapshots: PostgresPool
  let redis: RedisClient
  let boards: BoardStore
  let catalog = PointTypeCatalog()
  let lanes: LedgerLanes
  let follower: Follower
  /// Writes to the ledger and tells no mirror.
  let mute: LedgerLanes
  private let watch: MirrorWatch
  private var unfilled = 0
  private var generator = SystemRandomNumberGenerator()
  private var duties: [Task<Void, Never>] = []
  private(set) var type = PointTypeID(UUIDBits(high: 0, low: 0))

  struct Unfit: Error {}

  private init(
    _ loop: EventLoop, _ database: LedgerDatabase, _ redisURL: String, _ redisOptions: RedisOptions
  ) throws {
    self.loop = loop
    self.database = database
    let options = PostgresPoolOptions.forTests(sessionsMax: 6)
    pool = PostgresPool(try database.options(), options, on: loop)
    var oneMoment = try database.options()
    oneMoment.seeOneMoment()
    snapshots = PostgresPool(oneMoment, options, on: loop)
    redis = RedisClient(
      address: try RedisAddress(redisURL), loop: loop, scripts: BoardScripts.all, options: redisOptions)
    boards = BoardStore(redis: redis)
    let projector = Projector(boards, patience: .seconds(30))
    lanes = LedgerLanes(.forTests, pool: pool, catalog: catalog, on: loop) { await projector.project($0) }
    mute = LedgerLanes(.forTests, pool: pool, catalog: catalog, on: loop) { _ in [] }
    let holder = UUIDBits(high: .random(in: 1 ... .max), low: .random(in: 1 ... .max))
    follower = Follower(loop: loop, pool: pool, boards: boards, catalog: catalog, holder: holder)
    watch = MirrorWatch(loop: loop, pool: pool, boards: boards, catalog: catalog)
  }

  /// Runs the body in a world with a complete mirror of the type `points`.
  static func running<Value: Sendable>(
    follows: Bool = true, redis: RedisOptions = .forTests,
    _ body: @escaping @Sendable (World) async throws -> Value
  ) async throws -> Value {
    let database = try await LedgerDatabase.make()
    var options = EmbeddedOptions.forTests
    options.includesPostgres = false
    let servers = try EmbeddedServers.startUntilExit(options)
    defer { servers.stop() }
    let url = servers.redis.connectionURL
    return try await onNewLoop { loop in
      let world = try World(loop, database, url, redis)
      let outcome: Result<Value, any Error>
      do {
        try await world.start(follows: follows)
        outcome = .success(try await body(world))
      } catch {
        outcome = .failure(error)
      }
      await world.stop()
      return try outcome.get()
    }
  }

  private func start(follows: Bool) async throws {
    loop.spawn { [self] in await redis.run() }
    loop.spawn { [self] in await pool.run() }
    loop.spawn { [self] in await snapshots.run() }
    duties.append(loop.spawn { [self] in await watch.run() })
    try await catalog.load(from: pool)
    guard let points = catalog.type("points") else { throw Unfit() }
    type = points.id
    try await eventually { redis.health == .ready && boards.incarnation != nil }
    if follows {
      duties.append(loop.spawn { [self] in await follower.run() })
      try await eventually { if case .value = await boards.balances(of: type, []) { true } else { false } }
    } else {
      let holder = UUIDBits(high: 3, low: 3)
      _ = try await Rebuilder(loop: loop, pool: pool, boards: boards, holder: holder).rebuild(type)
    }
  }

  private func stop() async {
    for duty in duties { duty.cancel() }
    for duty in duties { await duty.value }
    await redis.close(deadline: .seconds(1))
    await pool.close(within: .seconds(1))
    await snapshots.close(within: .seconds(1))
    while loop.runningTasks > 1 { try? await loop.sleep(for: .milliseconds(2)) }
  }

  func eventually(within limit: Duration = .seconds(120), _ condition: () async throws -> Bool) async throws {
    let end = loop.clock.now + limit
    while try await !condition() {
      guard loop.clock.now < end else { throw Unfit() }
      try await loop.sleep(for: .milliseconds(5))
    }
  }

  // MARK: Writing

  func key(_ user: String) -> AccountKey { AccountKey(user: UserID(stored: user), pointType: type) }

  @discardableResult
  func post(
    _ change: Leg.Change, to user: String, kind: Kind = .award, through lanes: LedgerLanes? = nil
  ) async throws -> Receipt {
    let leg = Leg(account: key(user), change: change, kind: kind, details: TransactionDetails())
    let id = PostingID(at: Instant(microseconds: WallClock.now.microseconds), random: &generator)
    let posting = Posting(
      id: id, legs: [leg], request: nil, service: ServiceID(UUIDBits(high: 7, low: 7)), isByAdmin: false)
    guard case .posted(let receipt) = try await (lanes ?? self.lanes).post(posting) else { throw Unfit() }
    return receipt
  }

  /// Some users with a few transactions of several kinds each, followed to the end.
  func fill(users: Int = 30) async throws {
    let fillers = (0..<users).map { user in
      loop.spawn { [self] in if (try? await fill(user)) == nil { unfilled += 1 } }
    }
    for filler in fillers { await filler.value }
    guard unfilled == 0 else { throw Unfit() }
    try await untilFollowed()
  }

  private func fill(_ user: Int) async throws {
    let name = Self.user(user)
    try await post(.credit(Int64(100 + user)), to: name)
    try await post(.debit(30), to: name, kind: .purchase)
    if user % 2 == 0 { try await post(.credit(10), to: name, kind: .refund) }
    if user % 3 == 0 { try await post(.debit(5), to: name, kind: .penalty) }
  }

  /// Mirror and ledger are of one position.
  func untilFollowed() async throws {
    let head = try await LedgerFollowing(pool).number().number
    try await eventually {
      follower.status.head >= head && follower.status.lag == 0 || !follower.status.holdsLease
    }
  }

  static func user(_ number: Int) -> String { "user-\(number)" }

  // MARK: Damaging

  func run(_ statements: String) async throws {
    try await database.run("damage", statements)
  }

  /// As the owner with all triggers and foreign keys off.
  func damageLedger(_ statements: String) async throws {
    try await run("SET session_replication_role = replica; \(statements)")
  }

  var keys: MirrorKeys {
    get async throws {
      guard let keys = try await boards.markers(of: [type])[0].epochs.live else { throw Unfit() }
      return keys
    }
  }

  @discardableResult
  func command(_ name: StaticString, _ key: [UInt8], _ arguments: [UInt8]...) async -> RedisReply {
    await redis.send(RedisCommand(name, key: key, arguments))
  }

  func ledgerAccount(_ user: String) async throws -> NamedAccount {
    guard let account = try await LedgerFollowing(pool).accounts([key(user)]).first else { throw Unfit() }
    return account
  }

  /// Writes the account into the hash, and nothing besides.
  func plant(_ named: NamedAccount) async throws {
    await command(
      "HSET", try await keys.accounts, Array(named.account.key.user.text.utf8), PackedAccount.bytes(of: named)
    )
  }

  /// The user's member on a board, as it should be.
  func member(_ user: String, _ board: AllTimeBoard) async throws -> [UInt8] {
    let account = try await ledgerAccount(user).account
    return Self.member(user, board.reachedAt(of: account)?.microseconds ?? 0)
  }

  static func member(_ user: String, _ microseconds: Int64) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: microseconds)
    return bytes + Array(user.utf8)
  }

  func boardKey(_ board: AllTimeBoard) async throws -> [UInt8] {
    board == .balance ? try await keys.balance : try await keys.earned
  }

  // MARK: Verifying

  func verifyMirror(repairs: Bool = false, grace: Duration = .milliseconds(300)) async throws
    -> MirrorFindings
  {
    try await MirrorVerifier(loop: loop, pool: pool, snapshots: snapshots, boards: boards, grace: grace)
      .verify(type, repairs: repairs) { _, _, _ in }
  }

  func verifyLedger(_ lengths: LedgerVerifier.Lengths = LedgerVerifier.Lengths()) async throws
    -> LedgerFindings
  {
    let found = await LedgerVerifier(pool, lengths: lengths).verify(types: []) { _, _, _ in }
    if let failure = found.failure { throw failure }
    return found
  }
}

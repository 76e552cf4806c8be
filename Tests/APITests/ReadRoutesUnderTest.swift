// The reading routes of one worker, and those of types, boards and users, on a database of their own.
// Requests go through the parser, the router, the gate and the handler, without a socket in between.
import BoardScripts
import BoardStore
import Calendar
import EmbeddedServers
import EventLoop
import Ledger
import PostgresClient
import Projection
import RedisClient
import TestSupport
import Verification

@testable import API
@testable import HTTPServer
@testable import LedgerStore

/// Used on the loop it was made on.
final class ReadRoutesUnderTest: @unchecked Sendable {
  let loop: EventLoop
  let pool: PostgresPool
  /// Has the time that taking a snapshot takes.
  let settling: PostgresPool
  let redis: RedisClient
  let boards: BoardStore
  let lanes: LedgerLanes
  let live: LiveBoards
  private(set) var routes: GuardedRoutes
  /// Each service may have half of them.
  static let listenersMax = 400
  /// On a busy machine answers may be late.
  private static let requestTimeout = Duration.seconds(600)
  private let keys: [Role: APIKey]
  private let keyDesk = KeyDesk()
  private var random = SystemRandomNumberGenerator()

  struct Settings: Sendable {
    var rankings = LedgerRankings.Options()
    var live = LiveBoards.Options()
    var keys = KeyCache.Limits()
    var snapshots = Self.patientSnapshots
    /// The seed of the first vector of RFC 8032.
    var reportKey = ReportKey(text: "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")

    private static var patientSnapshots: SnapshotDesk.Options {
      var options = SnapshotDesk.Options()
      options.requestTimeout = ReadRoutesUnderTest.requestTimeout
      return options
    }
  }

  private init(
    _ options: PostgresConnectionOptions, _ address: RedisAddress, _ settings: Settings,
    on loop: EventLoop
  ) {
    self.loop = loop
    var poolOptions = PostgresPoolOptions.forTests(sessionsMax: 2)
    let pool = PostgresPool(options, poolOptions, on: loop)
    self.pool = pool
    var settlingOptions = options
    settlingOptions.settleSnapshots()
    (poolOptions.sessionsMin, poolOptions.sessionsMax) = (0, 1)
    settling = PostgresPool(settlingOptions, poolOptions, on: loop)
    // On a busy machine answers may be late.
    redis = RedisClient(address: address, loop: loop, scripts: BoardScripts.all, options: .forTests)
    let boards = BoardStore(redis: redis)
    self.boards = boards
    let catalog = PointTypeCatalog()
    let projector = Projector(boards, patience: .seconds(30))
    lanes = LedgerLanes(.forTests, pool: pool, catalog: catalog, on: loop) {
      await projector.project($0)
    }
    let keys = Dictionary(uniqueKeysWithValues: Role.allCases.map { ($0, APIKey()) })
    self.keys = keys
    let keyDesk = keyDesk
    for (role, key) in keys { keyDesk.issue(key, to: role.rawValue, role) }
    let authenticator = Authenticator(on: loop, limits: settings.keys) { id throws(PostgresError) in
      try await keyDesk.answer(id)
    }
    let gate = AccessGate(authenticator, rateLimiter: nil, on: loop)
    routes = GuardedRoutes(behind: gate)
    // Small steps, so that little chains are long ones.
    var search = HistorySearch()
    (search.versionsPerStep, search.stepsMax) = (50, 3)
    let reader = LedgerReader(pool: pool, search: search)
    let lookup = PointTypeLookup(catalog, pool: pool, on: loop)
    BalanceRoutes.add(to: &routes, desk: BalanceDesk(lookup, reader: reader, boards: boards))
    let desk = BoardDesk(
      lookup, boards: boards, rankings: LedgerRankings(settings.rankings),
      ledger: LedgerFollowing(pool), on: loop)
    BoardRoutes.add(to: &routes, desk: desk)
    DistributionRoutes.add(to: &routes, desk: desk)
    ExplainRoutes.add(to: &routes, desk: ExplainDesk(desk, scores: ScoreReader(pool: pool, search: search)))
    live = LiveBoards(
      desk, allowance: ListenerAllowance(Self.listenersMax), settings.live, on: loop)
    LiveRoutes.add(to: &routes, desk: desk, live: live)
    HistoryRoutes.add(to: &routes, lookup: lookup, reader: reader)
    PointTypeRoutes.add(to: &routes, types: PointTypeStore(pool: pool, catalog: catalog), lookup: lookup)
    BoardDefinitionRoutes.add(
      to: &routes, registry: BoardRegistry(pool: pool, catalog: catalog, zones: TimeZoneFiles()),
      lookup: lookup, categories: [])
    UserRoutes.add(to: &routes, users: UserStore(pool: pool)) { _ = await projector.project($0) }
    let tally = SnapshotTally()
    let snapshots = SnapshotDesk(
      reading: pool, settling: settling, boards: boards,
      comparing: SnapshotComparing(boards, pool: pool, tally: tally, on: loop) { _ in }, tally: tally,
      settings.snapshots, on: loop)
    SnapshotRoutes.add(to: &routes, desk: snapshots, lookup: lookup)
    ScheduleRoutes.add(
      to: &routes, schedules: SnapshotSchedules(pool: pool), snapshots: SnapshotReader(pool: pool),
      zones: TimeZoneFiles(), lookup: lookup)
    let rewards = RewardReader(pool: pool)
    RewardRuleRoutes.add(
      to: &routes, rules: RewardRuleStore(pool: pool), reader: rewards, snapshots: snapshots.reader,
      lookup: lookup)
    RewardTermsRoutes.add(
      to: &routes, terms: RewardTermsStore(pool: pool), reader: rewards, snapshots: snapshots.reader,
      lookup: lookup)
    PayoutRoutes.add(
      to: &routes, desk: PayoutDesk(reading: pool, planning: settling, requestTimeout: Self.requestTimeout),
      lookup: lookup,
      reportKey: settings.reportKey)
  }

  /// Makes a worker without Redis, or with one of its own, whose mirror of the default type is complete.
  static func running(
    withRedis: Bool = false, _ settings: Settings = Settings(),
    _ body: @escaping @Sendable (ReadRoutesUnderTest) async throws -> Void
  ) async throws {
    let options = try await LedgerDatabase.make().options()
    var serverOptions = EmbeddedOptions.forTests
    serverOptions.includesPostgres = false
    let server = withRedis ? try EmbeddedServers.start(serverOptions) : nil
    defer { server?.stop() }
    let address = try RedisAddress(server?.redis.connectionURL ?? "redis://127.0.0.1:1")
    try await onNewLoop { loop in
      let worker = ReadRoutesUnderTest(options, address, settings, on: loop)
      let ledger = loop.spawn { await worker.pool.run() }
      let settling = loop.spawn { await worker.settling.run() }
      let mirrors = withRedis ? loop.spawn { await worker.redis.run() } : nil
      let outcome: Result<Void, any Error>
      do {
        if withRedis { try await worker.makeMirror() }
        outcome = .success(try await body(worker))
      } catch {
        outcome = .failure(error)
      }
      if let mirrors {
        await worker.redis.close(deadline: .seconds(1))
        await mirrors.value
      }
      await worker.settling.close(within: .seconds(1))
      await settling.value
      await worker.pool.close(within: .seconds(1))
      await ledger.value
      try outcome.get()
    }
  }

  // MARK: The ledger

  /// An empty mirror of the default type, complete and trusted.
  private func makeMirror() async throws {
    let end = ContinuousClock.now + .seconds(60)
    while redis.health != .ready, ContinuousClock.now < end { try await loop.sleep(for: .milliseconds(1)) }
    let ledger = LedgerFollowing(pool)
    boards.identify(as: try await ledger.incarnation().ledger)
    let position = LedgerPosition(1, batch: UUIDBits(high: 1, low: 1))
    let type = try await type()
    _ = try await boards.beginEpoch(seeing: try await boards.markers(of: [type])[0], at: position)
    _ = try await boards.finishEpoch(seeing: try await boards.markers(of: [type])[0])
    boards.trust(from: 1, since: boards.connection)
  }

  func type(_ name: String = PointType.defaultName) async throws -> PointTypeID {
    let type = try await lanes.catalog.resolve(name, from: pool, on: loop)
    return try (type ?? { throw Unmet(what: "the type \(name)") }()).id
  }

  @discardableResult
  func post(_ legs: [Leg]) async throws -> [Transaction] {
    let id = PostingID(at: Instant(microseconds: 1_700_000_000_000_000), random: &random)
    let service = ServiceID(UUIDBits(high: 1, low: 1))
    let posting = Posting(id: id, legs: legs, request: nil, service: service, isByAdmin: false)
    guard case .posted(let receipt) = try await lanes.post(posting) else { throw Unmet(what: "a posting") }
    return receipt.transactions
  }

  @discardableResult
  func award(
    _ amount: Int64, to user: String, kind: Kind = .award, _ details: TransactionDetails = .init()
  ) async throws -> Transaction {
    let key = AccountKey(user: UserID(stored: user), pointType: try await type())
    return try await post([Leg(account: key, change: .credit(amount), kind: kind, details: details)])[0]
  }

  @discardableResult
  func deduct(_ amount: Int64, from user: String) async throws -> Transaction {
    let key = AccountKey(user: UserID(stored: user), pointType: try await type())
    let leg = Leg(account: key, change: .debit(amount), kind: .purchase, details: .init())
    return try await post([leg])[0]
  }

  // MARK: Requests

  func get(_ target: String, as role: Role? = .admin, _ fields: String...) async throws -> Answered {
    try await send("GET", target, nil, role, fields)
  }

  func send(
    _ method: String, _ target: String, _ body: String? = nil, as role: Role? = .admin
  ) async throws -> Answered {
    try await send(method, target, body, role, [])
  }

  /// With further header fields.
  func send(
    _ method: String, _ target: String, _ body: String?, with fields: String...
  ) async throws -> Answered {
    try await send(method, target, body, .admin, fields)
  }

  private func send(
    _ method: String, _ target: String, _ body: String?, _ role: Role?, _ fields: [String]
  ) async throws -> Answered {
    try await Answered(answer(method, target, body, role, fields))
  }

  /// From now on Postgres knows the role's key as one that was revoked.
  func revokeKey(of role: Role) {
    if let key = keys[role] { keyDesk.issue(key, to: role.rawValue, role, isValid: false) }
  }

  /// Begins to listen to a live board.
  func listen(_ target: String, as role: Role = .reader, _ fields: String...) async throws -> StreamUnderTest
  {
    let response = try await answer("GET", target, nil, role, fields)
    guard case .stream(let stream) = response.body else {
      throw Unmet(what: "a stream: \(try await Answered(response).problem)")
    }
    return StreamUnderTest(stream, on: loop)
  }

  private func answer(
    _ method: String, _ target: String, _ body: String?, _ role: Role?, _ fields: [String]
  ) async throws -> HTTPResponse {
    var lines = ["\(method) \(target) HTTP/1.1", "Host: h"] + fields
    if let role, let key = keys[role] { lines.append("Authorization: Bearer \(key.text)") }
    if let body { lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"] }
    let text = lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    let request = try Self.parsed(Array(text.utf8))
    guard case .found(let endpoint, let route, let parameters) = routes.router.match(request) else {
      throw Unmet(what: "a route for \(method) \(target)")
    }
    let match = RoutedRequest(plan: .handle(endpoint), route: route, parameters: parameters)
    let exchange = HTTPExchange(
      request: request, match: match, peer: PeerAddress(host: "test", isLoopback: true),
      requestID: .given("test"), begin: loop.now)
    guard case .waiting(let handle) = endpoint.handler else { throw Unmet(what: "a handler that waits") }
    let response: HTTPResponse
    do throws(Problem) { response = try await handle(exchange) } catch { response = error.response }
    return response
  }

  private static func parsed(_ bytes: [UInt8]) throws -> HTTPRequest {
    var parser = RequestParser()
    var offset = 0
    guard case .head(var request) = parser.consume(bytes.span, from: &offset),
      case .complete(let body) = parser.consume(bytes.span, from: &offset)
    else { throw Unmet(what: "a request") }
    request.body = body
    return request
  }
}

/// Something a test took for granted is not so.
struct Unmet: Error {
  let what: String
}

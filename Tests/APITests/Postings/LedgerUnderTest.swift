// The writing routes of one worker on a database of their own. Requests go through the parser, the router and
// the handler, without a socket in between.
import EventLoop
import Ledger
import PostgresClient
import TestSupport
import Testing

@testable import API
@testable import HTTPServer
@testable import LedgerStore

/// Used on the loop it was made on.
final class LedgerUnderTest: @unchecked Sendable {
  /// Who calls unless a request says otherwise.
  static let service = ServiceID(UUIDBits(high: 0x5EB0_1CE0_0000_4000, low: 0x8000_0000_0000_0001))
  static let otherService = ServiceID(UUIDBits(high: 0x5EB0_1CE0_0000_4000, low: 0x8000_0000_0000_0002))

  let loop: EventLoop
  let database: LedgerDatabase
  let pool: PostgresPool
  let lanes: LedgerLanes
  private var router = Router<Endpoint>()
  private var isClosed = false
  /// Point types whose accounts cannot be shown to Redis.
  private var unprojectable: Set<PointTypeID> = []

  private init(
    _ database: LedgerDatabase, _ lane: LaneOptions, _ rules: PostingRules, _ lockTimeout: Duration,
    on loop: EventLoop
  ) throws {
    self.loop = loop
    self.database = database
    let options = PostgresPoolOptions.forTests(sessionsMax: LedgerLanes.sessions(lane) + 2)
    var session = try database.options()
    session.lockTimeout = lockTimeout
    pool = PostgresPool(session, options, on: loop)
    let held = Held()
    lanes = LedgerLanes(lane, pool: pool, catalog: PointTypeCatalog(), on: loop) { _ in
      held.ledger?.unprojectable ?? []
    }
    held.ledger = self
    setRules(rules)
  }

  /// Makes a ledger, runs the body on its loop, and closes it.
  static func running(
    rules: PostingRules = PostingRules(), lockTimeout: Duration = .seconds(50),
    _ change: @Sendable (inout LaneOptions) -> Void = { _ in },
    _ body: @escaping @Sendable (LedgerUnderTest) async throws -> Void
  ) async throws {
    let database = try await LedgerDatabase.make()
    var options = LaneOptions()
    change(&options)
    let lane = options
    try await onNewLoop { loop in
      let ledger = try LedgerUnderTest(database, lane, rules, lockTimeout, on: loop)
      loop.spawn { await ledger.pool.run() }
      do {
        try await body(ledger)
      } catch {
        await ledger.close()
        throw error
      }
      await ledger.close()
    }
  }

  /// Also before the end: then the database is out of reach.
  func close() async {
    guard !isClosed else { return }
    isClosed = true
    await pool.close(within: .seconds(10))
  }

  /// As after a restart with other settings.
  func setRules(_ rules: PostingRules) {
    let gate = AccessGate(Self.authenticator(on: loop), rateLimiter: nil, on: loop)
    var routes = GuardedRoutes(behind: gate)
    let desk = PostingDesk(lanes, reader: LedgerReader(pool: pool), pool: pool, rules: rules)
    PostingRoutes.add(to: &routes, desk: desk)
    router = routes.router
  }

  /// Knows the callers by heart.
  private static func authenticator(on loop: EventLoop) -> Authenticator {
    Authenticator(on: loop) { id throws(PostgresError) in
      guard let (caller, key) = keys.first(where: { $0.value.id == id.text }) else { return nil }
      return FindKey.Row(
        digest: key.digest, service: caller == .other ? otherService : service, name: caller.rawValue,
        role: Role(rawValue: caller.rawValue) ?? .service, isValid: true)
    }
  }

  /// Who may call: three keys of one service, and one of another.
  enum Caller: String, CaseIterable {
    case reader, service, admin, other
  }

  private static let keys = Dictionary(uniqueKeysWithValues: Caller.allCases.map { ($0, APIKey()) })

  func failProjecting(_ types: Set<PointTypeID>) { unprojectable = types }

  /// Changes the database behind the service's back, as its owner.
  func change(_ script: String) async throws {
    try await LedgerDatabase.withSession(try database.ownerOptions()) {
      try await $0.run(script: PostgresSQL("change", Array(script.utf8)))
    }
  }

  /// Adds a point type as another process would.
  func addType(_ name: String, _ values: String = "true, NULL, NULL") async throws {
    try await change(
      """
      INSERT INTO point_types (name, display_name, enabled, min_amount, max_amount)
      VALUES ('\(name)', '\(name)', \(values));
      UPDATE settings SET generation = generation + 1
      """)
  }

  // MARK: Requests

  func post(
    _ path: String, _ body: String, key: String? = nil, as caller: Caller? = .service,
    fields: [String] = []
  ) async throws -> Reply {
    let bearer = caller.flatMap { Self.keys[$0] }.map { ["Authorization: Bearer \($0.text)"] } ?? []
    let given = fields + bearer + (key.map { ["Idempotency-Key: \($0)"] } ?? [])
    let lines = ["POST \(path) HTTP/1.1", "Host: h", "Content-Length: \(body.utf8.count)"] + given
    let text = lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    let request = try Self.parsed(Array(text.utf8))
    guard case .found(let endpoint, let route, let parameters) = router.match(request) else {
      throw Unanswered.noRoute(path)
    }
    let match = RoutedRequest(plan: .handle(endpoint), route: route, parameters: parameters)
    let exchange = HTTPExchange(
      request: request, match: match, peer: PeerAddress(host: "test", isLoopback: true),
      requestID: .given("test"), begin: loop.now)
    guard case .waiting(let handle) = endpoint.handler else { throw Unanswered.noRoute(path) }
    let response: HTTPResponse
    do throws(Problem) { response = try await handle(exchange) } catch { response = error.response }
    return try Reply(response)
  }

  private static func parsed(_ bytes: [UInt8]) throws -> HTTPRequest {
    var limits = RequestLimits()
    limits.body = 32 * 1024 * 1024
    var parser = RequestParser(limits: limits)
    var offset = 0
    guard case .head(var request) = parser.consume(bytes.span, from: &offset),
      case .complete(let body) = parser.consume(bytes.span, from: &offset)
    else { throw Unanswered.malformed }
    request.body = body
    return request
  }

  private final class Held: @unchecked Sendable {
    weak var ledger: LedgerUnderTest?
  }
}

enum Unanswered: Error {
  case noRoute(String), malformed, noBody
}

// Every role at every kind of route, and the limit behind it.
import EventLoop
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@testable import API
@testable import HTTPServer

@Suite struct AccessGateTests {
  /// Each cell of role and least role.
  static let cells = Role.allCases.flatMap { least in Role.allCases.map { (least, $0) } }

  @Test(arguments: cells)
  func `a role does what it may and what lower roles may, and nothing else`(least: Role, own: Role)
    async throws
  {
    try await withGate { gate, desk in
      let key = APIKey()
      desk.issue(key, to: "game", own)
      let endpoint = gate.guarded(least) { _, caller in .json(Array(caller.name.utf8)) }
      let answer = await endpoint.answer(to: try .presenting(key))
      let isAllowed = [Role.reader: 0, .service: 1, .payouts: 2, .admin: 3]
      #expect(answer.status == (isAllowed[own, default: 0] >= isAllowed[least, default: 4] ? 200 : 403))
      if let problem = answer.problem {
        #expect(problem.code == .forbidden && problem.detail.contains(least.rawValue))
      }
    }
  }

  @Test(arguments: Role.allCases)
  func `without a key no guarded route answers`(least: Role) async throws {
    try await withGate { gate, _ in
      let endpoint = gate.guarded(least) { _, _ in
        Issue.record("the handler ran")
        return .json([])
      }
      let answer = await endpoint.answer(to: try .get())
      #expect(answer.status == 401 && answer.problem?.field("WWW-Authenticate") == "Bearer")
    }
  }

  @Test func `the head alone gives away who shows no key, and nobody is asked for it`() async throws {
    try await withGate { gate, desk in
      let endpoint = gate.guarded(.reader, body: .json(limit: 10)) { _, _ in .json([]) }
      let key = APIKey().text
      let cases: [([(String, String)], String?)] = [
        ([], "Bearer"), ([("Authorization", "Basic \(key)")], #"Bearer error="invalid_token""#),
        ([("Authorization", "Bearer \(key)x")], #"Bearer error="invalid_token""#),
        ([("Authorization", "Bearer pts_1")], #"Bearer error="invalid_token""#),
        ([("Authorization", "Bearer \(key)"), ("Authorization", "x")], #"Bearer error="invalid_token""#),
        ([("Authorization", "bearer  \(key)")], nil),
      ]
      for (fields, challenge) in cases {
        let problem = endpoint.headCheck?(try .get(fields))
        #expect(problem?.field("WWW-Authenticate") == challenge, "\(fields)")
        #expect(problem?.code == (challenge == nil ? nil : .unauthorized))
      }
      #expect(endpoint.headCheck != nil && desk.questions == 0)
    }
  }

  @Test func `a service over its limit is told when to come again, and others are not`() async throws {
    try await withGate(limit: 2) { gate, desk in
      let (busy, calm) = (APIKey(), APIKey())
      desk.issue(busy, to: "game")
      desk.issue(calm, to: "shops")
      let endpoint = gate.guarded(.reader) { _, _ in .json([]) }
      var statuses: [Int] = []
      for _ in 0..<3 { statuses.append(await endpoint.answer(to: try .presenting(busy)).status) }
      #expect(statuses == [200, 200, 429])
      let problem = await endpoint.answer(to: try .presenting(busy)).problem
      #expect(problem?.code == .rateLimited && problem?.field("Retry-After") == "1")
      let other = await endpoint.answer(to: try .presenting(calm))
      #expect(other.status == 200)
    }
  }

  @Test func `routes are listed with who may use them`() async throws {
    try await withGate { gate, _ in
      var router = Router<Endpoint>()
      router.on(.get, "/health", .instant { _ in .json([]) })
      var routes = GuardedRoutes(router, behind: gate)
      routes.on(.get, "/board", for: .reader) { _, _ in .json([]) }
      routes.on(.post, "/award", for: .service) { _, _ in .json([]) }
      #expect(
        routes.list == [
          GuardedRoute(method: .get, pattern: "/health", access: .open),
          GuardedRoute(method: .get, pattern: "/board", access: .role(.reader)),
          GuardedRoute(method: .post, pattern: "/award", access: .role(.service)),
        ])
      #expect(routes.router.routes.count == 3)
    }
  }
}

private func withGate(
  limit: Int = 0, _ body: @escaping @Sendable (AccessGate, KeyDesk) async throws -> Void
) async throws {
  try await onNewLoop(clock: .manual(ManualClock())) { loop in
    let desk = KeyDesk()
    let authenticator = Authenticator(on: loop) { id throws(PostgresError) in try await desk.answer(id) }
    let limiter = RateLimiter(requestsEachSecond: limit)
    try await body(AccessGate(authenticator, rateLimiter: limiter, on: loop), desk)
  }
}

// Trying again over a real wire: what is sent how often, and under which key.
import EventLoop
import PointsClient
import Synchronization
import Testing

struct RetryTests {
  /// Loses the first answers by closing, and gives the rest.
  private static func losing(_ count: Int) -> ScriptedServer.Script {
    { connection in
      guard connection.readRequest() != nil, connection.number > count else { return connection.end() }
      connection.write(ScriptedAnswers.json(ScriptedAnswers.receipt, status: 201))
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `a write whose answer was lost is sent again under the same key`(version: ProtocolVersion) async throws
  {
    try await withClient(options: .quick(version), script: Self.losing(2)) { points, server in
      try await points.award(userID: "123", amount: 10)
      #expect(server.requests.count == 3)
      #expect(Set(server.requests.map(\.key)).count == 1)
      #expect(server.requests.first?.key != nil)
      #expect(Set(server.requests.map(\.body)).count == 1)
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `two calls have two keys`(version: ProtocolVersion) async throws {
    try await withClient(options: .quick(version), script: Self.losing(0)) { points, server in
      try await points.award(userID: "123", amount: 10)
      try await points.award(userID: "123", amount: 10)
      #expect(Set(server.requests.map(\.key)).count == 2)
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `a write that stays without an answer names the key to find out with`(version: ProtocolVersion)
    async throws
  {
    try await withClient(options: .quick(version), script: Self.losing(9)) { points, server in
      let error = await pointsError { () throws(PointsError) in try await points.award(userID: "1", amount: 1)
      }
      guard case .outcomeUnknown(_, let key?) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(server.requests.map(\.key) == [key.text, key.text, key.text])
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `a write without a key is sent once`(version: ProtocolVersion) async throws {
    try await withClient(options: .quick(version), script: Self.losing(1)) { points, server in
      let error = await pointsError { () throws(PointsError) in
        try await points.award(userID: "1", amount: 1, idempotencyKey: nil)
      }
      guard case .outcomeUnknown(_, key: nil) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(server.requests.map(\.key) == [nil])
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `a batch is sent again with the keys of its postings`(version: ProtocolVersion) async throws {
    let leg = Leg(.credit, userID: "1", amount: 1)
    try await withClient(options: .quick(version), script: Self.losing(9)) { points, server in
      let drafts = [PostingDraft([leg]), PostingDraft([leg])]
      _ = await pointsError { () throws(PointsError) in try await points.post(batch: drafts) }
      #expect(server.requests.count == 3)
      #expect(Set(server.requests.map(\.body)).count == 1)
      #expect(drafts[0].idempotencyKey != drafts[1].idempotencyKey)
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `a reading is repeated while the service is overloaded`(version: ProtocolVersion) async throws {
    let counter = Counter()
    try await withClient(
      options: .quick(version),
      answering: { _ in
        counter.next() < 3
          ? ScriptedAnswers.problem(503, "overloaded", fields: "Retry-After: 0\r\n")
          : ScriptedAnswers.json(ScriptedAnswers.balance())
      }
    ) { points, server in
      let balance = try await points.balance(userID: "123")
      #expect(balance.balance == 10)
      #expect(server.requests.count == 3)
      #expect(server.connectionsAccepted == 1)
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `a service that asks for more patience than there is is not asked again`(version: ProtocolVersion)
    async throws
  {
    let answer = ScriptedAnswers.problem(503, "overloaded", fields: "Retry-After: 3600\r\n")
    try await withClient(options: .quick(version), answering: { _ in answer }) { points, server in
      let error = await pointsError { () throws(PointsError) in try await points.balance(userID: "1") }
      guard case .refused(let problem) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(problem.retryAfter == .seconds(3600))
      #expect(server.requests.count == 1)
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `a refusal is not asked about again`(version: ProtocolVersion) async throws {
    try await withClient(
      options: .quick(version), answering: { _ in ScriptedAnswers.problem(422, "duplicate_transaction") }
    ) {
      points, server in
      _ = await pointsError { () throws(PointsError) in try await points.award(userID: "1", amount: 1) }
      #expect(server.requests.count == 1)
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `a service that is not there is unreachable even for a write`(version: ProtocolVersion) async throws {
    let port = SilentPort()
    let points = try PointsClient(url: port.url, key: "k", options: .quick(version))
    let error = await pointsError { () throws(PointsError) in try await points.award(userID: "1", amount: 1) }
    guard case .unreachable = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    await points.shutdown()
    withExtendedLifetime(port) {}
  }
}

/// Counts from 1, from any thread.
final class Counter: Sendable {
  private let count = Atomic(0)

  var value: Int { count.load(ordering: .relaxed) }

  func next() -> Int {
    count.add(1, ordering: .relaxed).newValue
  }
}

// A client that begins with HTTP/2 and meets somebody who does not know it.
import EventLoop
import TestSupport
import Testing

@testable import PointsClient

struct FallbackTests {
  private static let balance = ScriptedAnswers.json(ScriptedAnswers.balance())

  enum Elder: CaseIterable {
    /// Answers that it does not understand, and closes.
    case answers
    /// The same, and stays.
    case answersAndStays
    case closes
    /// Waits for a request it understands.
    case waits

    /// Long enough for a busy machine. Half of it is waited for whoever says nothing.
    var connectTimeout: Duration { self == .waits ? .seconds(4) : .seconds(60) }
  }

  /// A server of HTTP/1.1 that takes the preface for a request.
  private static func elder(_ elder: Elder) -> ScriptedServer.Script {
    { connection in
      while let request = connection.readPlainRequest() {
        guard request.method == "PRI" else {
          connection.write(Self.balance)
          continue
        }
        switch elder {
        case .answers:
          connection.write(ScriptedAnswers.problem(505, "unknown", fields: "Connection: close\r\n"))
          return connection.end()
        case .answersAndStays: connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        case .closes: return connection.end()
        case .waits: break
        }
        return connection.waitForEnd()
      }
    }
  }

  private static func calls(_ server: ScriptedServer) -> [ReceivedRequest] {
    server.requests.filter { $0.method != "PRI" }
  }

  @Test(arguments: Elder.allCases)
  func `whoever does not know HTTP/2 is spoken to in HTTP/1.1 and remembered`(elder: Elder) async throws {
    var options = ClientOptions(retry: .never)
    options.connectTimeout = elder.connectTimeout
    try await withClient(options: options, script: Self.elder(elder)) { points, server in
      for _ in 0..<5 {
        let balance = try await points.balance(userID: "123")
        #expect(balance.balance == 10)
      }
      #expect(Self.calls(server).count == 5)
      #expect(server.requests.count { $0.method == "PRI" } == 1)
      #expect(server.connectionsAccepted == 2)
    }
  }

  /// The write has no key and there is one attempt: had it left with the preface, it would be lost.
  @Test(arguments: Elder.allCases)
  func `no call leaves before it is known what is spoken`(elder: Elder) async throws {
    var options = ClientOptions(retry: .never)
    options.connectTimeout = elder.connectTimeout
    let receipt = ScriptedAnswers.json(ScriptedAnswers.receipt, status: 201)
    let script: ScriptedServer.Script = { connection in
      guard connection.number == 1 else {
        while connection.readPlainRequest() != nil { connection.write(receipt) }
        return
      }
      Self.elder(elder)(connection)
    }
    try await withClient(options: options, script: script) { points, server in
      try await points.award(userID: "1", amount: 1, idempotencyKey: nil)
      #expect(Self.calls(server).count == 1)
      #expect(server.requests.first?.body == "")
    }
  }

  @Test func `calls that wait for the first answer go on with HTTP/1.1 over several connections`()
    async throws
  {
    try await withClient(script: Self.elder(.answers)) { points, server in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<100 { group.addTask { _ = try await points.balance(userID: "123") } }
        try await group.waitForAll()
      }
      #expect(Self.calls(server).count == 100)
      #expect(server.requests.count { $0.method == "PRI" } == 1)
    }
  }

  @Test func `whoever insists on HTTP/2 is told that it is not spoken`() async throws {
    try await withClient(options: .quick(.http2), script: Self.elder(.answers)) { points, server in
      await #expect(throws: PointsError.unreachable("what answers does not speak HTTP/2")) {
        try await points.award(userID: "1", amount: 1, idempotencyKey: nil)
      }
      #expect(Self.calls(server).isEmpty)
    }
  }

  @Test func `a client of HTTP/1.1 never mentions HTTP/2`() async throws {
    try await withClient(options: .quick(.http1), script: Self.elder(.waits)) { points, server in
      _ = try await points.balance(userID: "123")
      #expect(server.requests.map(\.method) == ["GET"])
    }
  }

  // MARK: What is remembered

  @Test func `what is known of a service follows what it says`() {
    let start = MonotonicInstant(nanoseconds: 0)
    var spoken = SpokenVersion(wanted: .automatic)
    #expect(spoken.next(now: start) == .http2)
    let (first, next) = (spoken.fallsBack(after: .silent, now: start), spoken.next(now: start))
    #expect(first && next == .http1)
    #expect(spoken.next(now: start + SpokenVersion.memory) == .http2)
    spoken.isUnreachable()
    #expect(spoken.next(now: start) == .http2)
    spoken.answersInHTTP2()
    for refusal in [SpokenVersion.Refusal.silent, .closed] {
      let fallsBack = spoken.fallsBack(after: refusal, now: start)
      #expect(!fallsBack)
    }
    let fallsBack = spoken.fallsBack(after: .foreign, now: start)
    #expect(fallsBack && spoken.next(now: start) == .http1)
  }

  @Test(arguments: [SpokenVersion.Refusal.foreign, .closed, .silent])
  func `a version that was asked for is the one that is spoken`(refusal: SpokenVersion.Refusal) {
    let now = MonotonicInstant(nanoseconds: 0)
    for (wanted, version) in [(ProtocolVersion.http1, SpokenVersion.Version.http1), (.http2, .http2)] {
      var spoken = SpokenVersion(wanted: wanted)
      let fallsBack = spoken.fallsBack(after: refusal, now: now)
      #expect(!fallsBack && spoken.next(now: now) == version)
    }
  }
}

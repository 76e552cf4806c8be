// Connections of HTTP/2 to a server that keeps to the protocol: many calls at once, within what both ends
// allow, and what becomes of them when the server says farewell.
import EventLoop
import TestSupport
import Testing

@testable import PointsClient

struct HTTP2ConnectionTests {
  static let balance = ScriptedAnswers.json(ScriptedAnswers.balance())

  @Test func `calls at once share connections and answers may come in any order`() async throws {
    try await withClient(
      options: .quick(.http2),
      script: { connection in
        connection.begin()
        connection.read { $0.unanswered.count == 30 }
        connection.read { requests in
          for request in requests.unanswered.reversed() {
            let user = request.target.split(separator: "=").last.map(String.init) ?? ""
            let body = ScriptedAnswers.json(ScriptedAnswers.balance(of: user))
            connection.send(ServerStreams.answer(body, to: request.stream))
          }
          return true
        }
        connection.waitForEnd()
      }
    ) { points, server in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<30 {
          group.addTask {
            let balance = try await points.balance(userID: "user\(number)")
            #expect(balance.userID == "user\(number)")
          }
        }
        try await group.waitForAll()
      }
      #expect(server.connectionsAccepted == 1)
    }
  }

  @Test func `no more calls are under way than the service allows`() async throws {
    var options = ClientOptions.quick(.http2)
    options.connections = 1
    let most = Counter()
    try await withClient(
      options: options,
      script: { connection in
        connection.begin(settings: [(3, 5)])
        // Until all five are there nothing is answered, so a sixth would show.
        while connection.read(until: { $0.unanswered.count >= 5 }) {
          connection.read { streams in
            if streams.unanswered.count > 5 { _ = most.next() }
            return true
          }
          for _ in 0..<5 { connection.write(Self.balance) }
        }
      }
    ) { points, server in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<100 { group.addTask { _ = try await points.balance(userID: "123") } }
        try await group.waitForAll()
      }
      #expect(server.connectionsAccepted == 1)
      #expect(most.next() == 1)
    }
  }

  @Test func `many calls spread over connections and few gather on one`() async throws {
    try await withClient(
      options: .quick(.http2),
      script: { connection in
        connection.begin()
        if connection.number == 1 { connection.read { $0.unanswered.count > 32 } }
        let answer = ScriptedAnswers.json(ScriptedAnswers.balance(of: "\(connection.number)"))
        while connection.read(until: { !$0.unanswered.isEmpty }) { connection.write(answer) }
      }
    ) { points, server in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<200 { group.addTask { _ = try await points.balance(userID: "123") } }
        try await group.waitForAll()
      }
      #expect(await Eventually.holds { server.connectionsAccepted >= 2 })
      #expect(server.connectionsAccepted <= 8)
      var numbers: Set<String> = []
      for _ in 0..<50 { numbers.insert(try await points.balance(userID: "123").userID) }
      #expect(numbers.count == 1, "each connection answers with its own")
    }
  }

  @Test func `a request waits for the windows of the service`() async throws {
    let accounts = (0..<1_000).map { Account(userID: String(repeating: "u", count: 120) + "\($0)") }
    let body = accounts.map { ScriptedAnswers.balance(of: $0.userID) }.joined(separator: ",")
    try await withClient(
      options: .quick(.http2),
      script: { connection in
        connection.begin(settings: [(4, 1_000)])
        while connection.read(until: { !$0.unanswered.isEmpty }) {
          connection.write(ScriptedAnswers.json(#"{"balances":[\#(body)]}"#))
        }
      }
    ) { points, server in
      let balances = try await points.balances(accounts)
      #expect(balances.count == 1_000)
    }
  }

  /// The service sends no more than it is allowed, so windows that are not opened again would end the test.
  @Test func `the windows of the client open again as answers come in`() async throws {
    // So much takes a busy machine its time.
    var options = ClientOptions.quick(.http2)
    options.requestTimeout = .seconds(60)
    options.callTimeout = .seconds(120)
    let padding = String(repeating: "x", count: 12 << 20)
    let body = #"{"padding":"\#(padding)",\#(ScriptedAnswers.balance().dropFirst())"#
    try await withClient(
      options: options,
      script: { connection in
        var sentInAll = 0
        while let request = connection.readRequest() {
          var sent = 0
          for frame in ServerStreams.answer(ScriptedAnswers.json(body), to: request.stream) {
            let count = frame.kind == 0 ? frame.payload.count : 0
            connection.read {
              sentInAll + count <= 65_535 + $0.granted[0, default: 0]
                && sent + count <= $0.streamWindow + $0.granted[request.stream, default: 0]
            }
            sent += count
            sentInAll += count
            connection.send(frame)
          }
        }
      }
    ) { points, server in
      for _ in 0..<3 {
        let balance = try await points.balance(userID: "123")
        #expect(balance.balance == 10)
      }
      #expect(server.connectionsAccepted == 1)
    }
  }

  // MARK: Farewells

  private static func goAway(_ last: UInt32) -> Frame { Frame(.goAway, Frame.big(last) + Frame.big(0)) }

  /// The writes have no keys and one attempt: only what was certainly not carried out may be sent again.
  @Test func `what a departing service did not take up goes elsewhere and the rest is finished`() async throws
  {
    var options = ClientOptions.patient(.http2)
    options.connections = 1
    let receipt = ScriptedAnswers.json(ScriptedAnswers.receipt, status: 201)
    try await withClient(
      options: options,
      script: { connection in
        connection.begin()
        if connection.number == 1 {
          connection.read { $0.unanswered.count == 4 }
          connection.send(Self.goAway(3))
          connection.write(receipt)
          connection.write(receipt)
          return connection.waitForEnd()
        }
        while connection.readRequest() != nil { connection.write(receipt) }
      }
    ) { points, server in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask { try await points.award(userID: "1", amount: 1, idempotencyKey: nil) }
        }
        try await group.waitForAll()
      }
      #expect(server.connectionsAccepted == 2)
      #expect(server.requests.count == 2)
      #expect(await Eventually.holds { server.openConnections == 1 })
    }
  }

  @Test func `a service that announces its end is sent nothing more`() async throws {
    try await withClient(
      options: .patient(.http2),
      script: { connection in
        guard connection.readRequest() != nil else { return }
        connection.send(Self.goAway(0x7FFF_FFFF))
        connection.write(Self.balance)
        connection.waitForEnd()
      }
    ) { points, server in
      for _ in 0..<5 { _ = try await points.balance(userID: "123") }
      #expect(server.requests.count == 5)
      #expect(server.connectionsAccepted == 5)
    }
  }

  @Test func `a call the service refused before it looked at it is sent again even without a key`()
    async throws
  {
    let counter = Counter()
    try await withClient(
      options: .quick(.http2),
      script: { connection in
        while let request = connection.readRequest() {
          if counter.next() < 3 {
            connection.send(.reset(request.stream, code: 7))
          } else {
            connection.send(
              ServerStreams.answer(
                ScriptedAnswers.json(ScriptedAnswers.receipt, status: 201), to: request.stream))
          }
        }
      }
    ) { points, server in
      try await points.award(userID: "1", amount: 1, idempotencyKey: nil)
      #expect(server.requests.count == 3)
      #expect(server.connectionsAccepted == 1)
    }
  }

  @Test func `a stream that breaks off costs its own call only`() async throws {
    try await withClient(
      options: .patient(.http2),
      script: { connection in
        connection.begin()
        connection.read { $0.unanswered.count == 2 }
        connection.read { streams in
          for request in streams.unanswered {
            let frames = ServerStreams.answer(Self.balance, to: request.stream)
            connection.send(request.method == "GET" ? frames : [frames[0], .reset(request.stream, code: 2)])
          }
          return true
        }
        connection.waitForEnd()
      }
    ) { points, server in
      let write = Task { try await points.award(userID: "1", amount: 1, idempotencyKey: "k") }
      let read = Task { try await points.balance(userID: "123") }
      let balance = try await read.value
      #expect(balance.balance == 10)
      await #expect(
        throws: PointsError.outcomeUnknown(reason: "the service broke its answer off", key: "k")
      ) { try await write.value }
      #expect(server.openConnections == 1)
    }
  }

  // MARK: Time

  @Test func `a cancelled call is reset and the others go on`() async throws {
    let counter = Counter()
    try await withClient(
      options: .quick(.http2),
      script: { connection in
        connection.begin()
        connection.read { $0.unanswered.count == 2 }
        _ = counter.next()
        connection.read { $0.resets == [1: 8] || $0.resets == [3: 8] }
        connection.write(Self.balance)
        connection.waitForEnd()
      }
    ) { points, server in
      let first = Task { try await points.balance(userID: "123") }
      let second = Task { try await points.balance(userID: "123") }
      #expect(await Eventually.holds { counter.value == 1 })
      first.cancel()
      await #expect(throws: PointsError.cancelled) { try await first.value }
      let balance = try await second.value
      #expect(balance.balance == 10)
      #expect(server.connectionsAccepted == 1)
    }
  }

  /// The service reads, but its connection brings nothing more: as when a cable was pulled.
  @Test func `a connection that died without a word is noticed and left`() async throws {
    let clock = ManualClock()
    let counter = Counter()
    try await withClient(
      options: ClientOptions(
        protocolVersion: .http2, connectTimeout: .seconds(60), requestTimeout: .seconds(4), retry: .never),
      clock: .manual(clock),
      script: { connection in
        if connection.number == 1 {
          guard connection.readRequest() != nil else { return }
          connection.write(Self.balance)
          connection.playDead()
          connection.read { !$0.unanswered.isEmpty }
          _ = counter.next()
          connection.read { $0.pings > 0 }
          _ = counter.next()
          return connection.waitForEnd()
        }
        while connection.readRequest() != nil { connection.write(Self.balance) }
      }
    ) { points, server in
      _ = try await points.balance(userID: "123")
      let call = Task { try await points.balance(userID: "123") }
      #expect(await Eventually.holds { counter.value == 1 })
      clock.advance(by: .seconds(2))
      #expect(await Eventually.holds { counter.value == 2 })
      clock.advance(by: .seconds(1))
      let balance = try await call.value
      #expect(balance.balance == 10)
      #expect(server.connectionsAccepted == 2)
    }
  }

  @Test func `a slow service that answers pings keeps its calls`() async throws {
    let clock = ManualClock()
    let counter = Counter()
    try await withClient(
      options: ClientOptions(
        protocolVersion: .http2, connectTimeout: .seconds(60), requestTimeout: .seconds(4), retry: .never),
      clock: .manual(clock),
      script: { connection in
        // With the first answer has come all that the service says by itself: then it is silent.
        guard connection.readRequest() != nil else { return }
        connection.write(Self.balance)
        connection.read { !$0.unanswered.isEmpty }
        _ = counter.next()
        connection.read { $0.pings == 1 }
        connection.write(Self.balance)
        connection.waitForEnd()
      }
    ) { points, server in
      _ = try await points.balance(userID: "123")
      let call = Task { try await points.balance(userID: "123") }
      #expect(await Eventually.holds { counter.value == 1 })
      clock.advance(by: .seconds(2))
      let balance = try await call.value
      #expect(balance.balance == 10)
      #expect(server.connectionsAccepted == 1)
    }
  }

  @Test func `an idle connection is closed with a farewell`() async throws {
    let clock = ManualClock()
    try await withClient(
      options: .quick(.http2), clock: .manual(clock),
      script: { connection in while connection.readRequest() != nil { connection.write(Self.balance) } }
    ) { points, server in
      _ = try await points.balance(userID: "123")
      #expect(server.openConnections == 1)
      // It rests from the end of the turn in which the answer came; that is over before the second task runs.
      for _ in 0..<2 { await points.transport.loop.spawn {}.value }
      clock.advance(by: .seconds(61))
      #expect(await Eventually.holds { server.openConnections == 0 })
      _ = try await points.balance(userID: "123")
      #expect(server.connectionsAccepted == 2)
    }
  }
}

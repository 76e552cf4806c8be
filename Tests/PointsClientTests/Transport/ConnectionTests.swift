// Connections over a real wire: kept, lost, stale, and led astray. What is led astray here speaks HTTP/1.1.
import EventLoop
import Synchronization
import TestSupport
import Testing

@testable import PointsClient

struct ConnectionTests {
  private static let balance = ScriptedAnswers.json(ScriptedAnswers.balance())

  @Test(arguments: ProtocolVersion.both)
  func `calls one after the other share a connection`(version: ProtocolVersion) async throws {
    try await withClient(options: .quick(version), answering: { _ in Self.balance }) { points, server in
      for _ in 0..<20 { _ = try await points.balance(userID: "123") }
      #expect(server.connectionsAccepted == 1)
    }
  }

  @Test func `a host is found by its name whichever of its addresses listens`() async throws {
    let server = ScriptedServer(answering: { _ in Self.balance })
    defer { server.stop() }
    let points = try PointsClient(url: "http://localhost:\(server.port)", key: "k")
    _ = try await points.balance(userID: "123")
    #expect(server.requests.first?.fields["host"] == "localhost:\(server.port)")
    await points.shutdown()
    let lost = try PointsClient(url: "http://nobody.invalid", key: "k", options: .quick)
    let error = await pointsError { () throws(PointsError) in try await lost.balance(userID: "1") }
    guard case .unreachable = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    await lost.shutdown()
  }

  @Test func `a connection that the service gives up is not used again`() async throws {
    let answer = ScriptedAnswers.json(ScriptedAnswers.balance(), fields: "Connection: close\r\n")
    try await withClient(options: .quick(.http1), answering: { _ in answer }) { points, server in
      for _ in 0..<3 { _ = try await points.balance(userID: "123") }
      #expect(server.connectionsAccepted == 3)
    }
  }

  /// The client may learn of the end before it sends, or after. The unkeyed write shows that what could be
  /// known is known: it is never sent again, and yet goes well.
  @Test(arguments: ProtocolVersion.both)
  func `a connection that the service closed while idle costs no call`(version: ProtocolVersion) async throws
  {
    try await withClient(
      options: .patient(version),
      script: { connection in
        while let request = connection.readRequest() {
          let isRead = request.method == "GET"
          connection.write(
            isRead ? Self.balance : ScriptedAnswers.json(ScriptedAnswers.receipt, status: 201))
          if isRead { return connection.end() }
        }
      }
    ) { points, server in
      for round in 1...10 {
        _ = try await points.balance(userID: "123")
        #expect(await Eventually.holds { server.openConnections == 0 })
        try await points.award(userID: "1", amount: 1, idempotencyKey: nil)
        _ = try await points.balance(userID: "123")
        #expect(await Eventually.holds { server.openConnections == 0 })
        #expect(server.connectionsAccepted == 2 * round)
      }
    }
  }

  /// Each connection answers once and swallows the second request: exactly what a service does that closes an
  /// idle connection while a request is on its way.
  @Test(arguments: ProtocolVersion.both)
  func `a reading that meets a closing connection is sent again at once`(version: ProtocolVersion)
    async throws
  {
    try await withClient(
      options: .patient(version),
      script: { connection in
        guard connection.readRequest() != nil else { return }
        connection.write(Self.balance)
        if connection.readRequest() != nil { connection.end() }
      }
    ) { points, server in
      _ = try await points.balance(userID: "123")
      _ = try await points.balance(userID: "123")
      #expect(server.requests.count == 3)
      let error = await pointsError { () throws(PointsError) in
        try await points.award(userID: "1", amount: 1, idempotencyKey: nil)
      }
      guard case .outcomeUnknown = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(server.requests.count == 4)
    }
  }

  @Test func `an answer in chunks and drips is read`() async throws {
    try await withClient(
      options: .quick(.http1),
      script: { connection in
        while connection.readRequest() != nil {
          connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
          for byte in ScriptedAnswers.balance().utf8 {
            connection.write([0x31, 0x0D, 0x0A, byte, 0x0D, 0x0A])
          }
          connection.write("0\r\n\r\n")
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

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 16777217\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "HTTP/1.1 200 OK\r\nA: " + String(repeating: "x", count: 20_000),
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
  ])
  func `an answer that is none is told as such and not asked for again`(answer: String) async throws {
    try await withClient(
      options: .quick(.http1),
      script: { connection in
        guard connection.readRequest() != nil else { return }
        connection.write(answer)
        connection.waitForEnd()
      }
    ) { points, server in
      let error = await pointsError { () throws(PointsError) in try await points.balance(userID: "1") }
      guard case .invalidAnswer = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test func `an answer behind an answer is nobody's`() async throws {
    let other = ScriptedAnswers.json(ScriptedAnswers.balance(of: "attacker"))
    try await withClient(
      options: .quick(.http1),
      script: { connection in
        guard connection.readRequest() != nil else { return }
        connection.write(Self.balance + other)
        connection.waitForEnd()
      }
    ) { points, server in
      for _ in 0..<5 {
        let balance = try await points.balance(userID: "123")
        #expect(balance.userID == "123")
      }
      #expect(server.connectionsAccepted == 5)
    }
  }

  @Test func `an answer that was cut off is lost and asked for again`() async throws {
    try await withClient(
      options: .quick(.http1),
      script: { connection in
        guard connection.readRequest() != nil else { return }
        connection.write(connection.number == 1 ? String(Self.balance.dropLast(5)) : Self.balance)
        connection.end()
      }
    ) { points, server in
      _ = try await points.balance(userID: "123")
      #expect(server.requests.count == 2)
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `a large body goes out and a large one comes in`(version: ProtocolVersion) async throws {
    let accounts = (0..<1_000).map { Account(userID: String(repeating: "u", count: 120) + "\($0)") }
    let body = "[\(accounts.map { ScriptedAnswers.balance(of: $0.userID) }.joined(separator: ","))]"
    try await withClient(
      options: .quick(version), answering: { _ in ScriptedAnswers.json(#"{"balances":\#(body)}"#) }
    ) { points, server in
      let balances = try await points.balances(accounts)
      #expect(balances.map(\.userID) == accounts.map(\.userID))
      #expect((server.requests.first?.body.utf8.count ?? 0) > 120_000)
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `no more connections are made than allowed`(version: ProtocolVersion) async throws {
    var options = ClientOptions.quick(version)
    options.connections = 3
    try await withClient(options: options, answering: { _ in Self.balance }) { points, server in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<200 { group.addTask { _ = try await points.balance(userID: "123") } }
        try await group.waitForAll()
      }
      #expect(server.requests.count == 200)
      #expect((1...3).contains(server.connectionsAccepted))
    }
  }
}

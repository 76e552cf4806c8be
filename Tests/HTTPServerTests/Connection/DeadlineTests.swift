// Every wait on a client or a handler has an end. The
// clock is the test's: a deadline passes when it is moved.
import EventLoop
import Foundation
import Testing

@testable import HTTPServer

extension OverSockets {
  struct DeadlineTests {
    private static let limits: ServerLimits = {
      var limits = ServerLimits()
      limits.headTimeout = .seconds(10)
      limits.bodyTimeout = .seconds(30)
      limits.idleTimeout = .seconds(75)
      limits.requestTimeout = .seconds(40)
      limits.writeTimeout = .seconds(20)
      limits.lingerTimeout = .seconds(2)
      return limits
    }()

    /// A server whose time stands still until it is told to move.
    private func withClock(_ body: @escaping @Sendable (ServerUnderTest, ManualClock) throws -> Void)
      async throws
    {
      let clock = ManualClock()
      try await ServerUnderTest.running(limits: Self.limits, clock: .manual(clock)) { server in
        defer { clock.advance(by: .seconds(1000)) }
        try body(server, clock)
      }
    }

    /// Sends the bytes and waits until the server has seen them.
    private func deliver(_ text: String, _ client: RawClient, _ server: ServerUnderTest) throws {
      let before = server.counters.receivedBytes
      try client.send(text)
      #expect(server.eventually { server.counters.receivedBytes == before + text.utf8.count })
    }

    @Test func `a head that does not end in time gets 408`() async throws {
      try await withClock { server, clock in
        let client = try RawClient(server)
        try deliver("GET /sync HTTP/1.1\r\n", client, server)
        clock.advance(by: .seconds(5))
        // A drop now and then does not buy time.
        try deliver("Host", client, server)
        clock.advance(by: .milliseconds(5001))
        let answer = try client.answer()
        #expect(answer.status == 408)
        #expect(answer.problemCode == "request_timeout")
        #expect(answer["connection"] == "close")
        #expect(try client.isAtEnd())
        #expect(server.counters.slowSenders == 1)
      }
    }

    @Test func `a body that does not end in time gets 408`() async throws {
      try await withClock { server, clock in
        let client = try RawClient(server)
        let head = "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 3\r\n"
        try deliver(head + "\r\na", client, server)
        clock.advance(by: .seconds(20))
        try deliver("b", client, server)
        clock.advance(by: .milliseconds(10_001))
        #expect(try client.answer().problemCode == "request_timeout")
        #expect(try client.isAtEnd())
      }
    }

    @Test func `a connection that never asks, or asks no more, is closed without a word`() async throws {
      try await withClock { server, clock in
        let silent = try RawClient(server)
        let idle = try RawClient(server)
        try idle.send(get("/sync"))
        #expect(try idle.answer().status == 200)
        #expect(server.eventually { server.counters.acceptedConnections == 2 })
        clock.advance(by: .milliseconds(10_001))
        #expect(try silent.isAtEnd())
        try idle.send(get("/sync"))
        #expect(try idle.answer().status == 200)
        clock.advance(by: .milliseconds(75_001))
        #expect(try idle.isAtEnd())
        #expect(server.eventually { server.connectionCount == 0 })
      }
    }

    @Test func `a handler over its time is answered for with 503, and its own answer goes nowhere`()
      async throws
    {
      try await withClock { server, clock in
        let client = try RawClient(server)
        try client.send(get("/gate") + get("/sync"))
        #expect(server.routes.gate.waitForArrival())
        clock.advance(by: .milliseconds(40_001))
        let answer = try client.answer()
        #expect(answer.status == 503)
        #expect(answer.problemCode == "unavailable")
        #expect(answer["connection"] == "close")
        server.routes.gate.open()
        #expect(server.eventually { server.routes.finishedHandlers == 1 })
        #expect(try client.isAtEnd())
      }
    }

    @Test func `a client that reads too little is cut, one that reads enough is not`() async throws {
      try await withClock { server, clock in
        let deaf = try RawClient(server, receiveBuffer: 4096)
        let reader = try RawClient(server, receiveBuffer: 4096)
        for client in [deaf, reader] { try client.send(String(repeating: get("/big"), count: 20)) }
        #expect(server.eventually { server.blockedConnections == 2 })
        for number in 0..<10 {
          #expect(try reader.answer().body.count == RoutesUnderTest.bigCount, "answer \(number)")
          clock.advance(by: .seconds(5))
        }
        #expect(server.eventually { server.counters.slowReaders == 1 })
        for _ in 10..<20 { #expect(try reader.answer().body.count == RoutesUnderTest.bigCount) }
        #expect(throws: ClientError.self) { try deaf.answersToEnd() }
        #expect(server.connectionCount == 1)
      }
    }

    @Test func `a client that does not close is not waited for`() async throws {
      try await withClock { server, clock in
        let client = try RawClient(server)
        try client.send(get("/sync", "Connection: close"))
        #expect(try client.answer().status == 200)
        #expect(try client.isAtEnd())
        #expect(server.connectionCount == 1)
        clock.advance(by: .milliseconds(2001))
        #expect(server.eventually { server.connectionCount == 0 })
      }
    }
  }
}

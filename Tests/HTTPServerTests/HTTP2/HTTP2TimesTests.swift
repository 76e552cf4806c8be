// Deadlines of HTTP/2 connections and streams, and how they end when the server stops. The clock of the
// deadlines is the test's.
import EventLoop
import TestSupport
import Testing

@testable import HTTPServer

extension OverSockets {
  struct HTTP2TimesTests {
    private static let limits: ServerLimits = {
      var limits = ServerLimits()
      limits.headTimeout = .seconds(10)
      limits.bodyTimeout = .seconds(30)
      limits.idleTimeout = .seconds(75)
      limits.requestTimeout = .seconds(40)
      limits.writeTimeout = .seconds(20)
      return limits
    }()

    private func withClock(_ body: @escaping @Sendable (ServerUnderTest, ManualClock) throws -> Void)
      async throws
    {
      let clock = ManualClock()
      try await ServerUnderTest.running(limits: Self.limits, clock: .manual(clock)) { server in
        defer { clock.advance(by: .seconds(1000)) }
        try body(server, clock)
      }
    }

    /// Sends frames and waits until the server has answered a ping behind them.
    private func deliver(_ frames: [Frame], _ client: FrameClient) throws {
      let pongs = client.pongs
      try client.send(frames + [Frame(.ping, [UInt8](repeating: 1, count: 8))])
      try client.read { client.pongs > pongs }
    }

    @Test func `a connection that never asks, or asks no more, is closed, pings or not`() async throws {
      try await withClock { server, clock in
        let (silent, idle) = (try FrameClient(server), try FrameClient(server))
        try deliver([.get(1, "/sync")], idle)
        try deliver([], silent)
        clock.advance(by: .milliseconds(10_001))
        #expect(try silent.readToEnd() == ErrorCode.none)
        clock.advance(by: .milliseconds(60_000))
        try deliver([], idle)
        clock.advance(by: .milliseconds(15_001))
        #expect(try idle.readToEnd() == ErrorCode.none)
        for client in [silent, idle] { client.raw.close() }
        #expect(server.eventually { server.connectionCount == 0 })
      }
    }

    @Test func `fields that do not end in time end the connection`() async throws {
      try await withClock { server, clock in
        let client = try FrameClient(server)
        try client.read { client.settings[3] != nil }
        let before = server.counters.receivedBytes
        let block = Frame.block(Frame.fields("GET", "/sync"))
        let frame = Frame(.headers, flags: Frame.endStream, stream: 1, Array(block.prefix(20)))
        try client.send(frame)
        #expect(server.eventually { server.counters.receivedBytes >= before + frame.bytes.count })
        clock.advance(by: .milliseconds(10_001))
        #expect(try client.readToEnd() == ErrorCode.enhanceYourCalm)
        #expect(server.counters.slowSenders == 1)
      }
    }

    /// A block that nghttp2 refuses has ended too, although it never says so.
    @Test(arguments: [
      Frame.fields("GET", "/sync") + [("connection", "close")], Frame.fields("GET", "/sync") + [("Big", "a")],
      Array(Frame.fields("GET", "/sync").dropFirst()),
    ])
    func `a malformed request and then silence take nothing from the streams that wait`(
      fields: [(String, String)]
    ) async throws {
      try await withClock { server, clock in
        let client = try FrameClient(server)
        try deliver([.get(1, "/gate")], client)
        try client.send(.request(3, fields))
        #expect(try client.answer(3).reset == ErrorCode.protocolError)
        clock.advance(by: .milliseconds(10_001))
        try deliver([], client)
        server.routes.gate.open()
        #expect(try client.answer(1).status == 200)
      }
    }

    @Test func `a block that is refused before it has come, and then silence, end nothing either`()
      async throws
    {
      try await withClock { server, clock in
        let client = try FrameClient(server)
        // Handlers that go on, of streams that are gone: there is no room for another stream.
        let gone = (1..<128).flatMap { number -> [Frame] in
          let stream = UInt32(number * 2 + 1)
          return [.get(stream, "/gate"), .reset(stream)]
        }
        try deliver([.get(1, "/gate")] + gone, client)
        let last = Frame.get(257, "/sync").bytes
        try client.raw.send(Array(last.prefix(20)))
        #expect(try client.answer(257).reset == ErrorCode.refusedStream)
        try client.raw.send(Array(last.dropFirst(20)))
        clock.advance(by: .milliseconds(10_001))
        try deliver([], client)
        server.routes.gate.open()
        #expect(try client.answer(1).status == 200)
      }
    }

    @Test func `a body that does not end in time gets 408, and the other streams go on`() async throws {
      try await withClock { server, clock in
        let client = try FrameClient(server)
        try deliver([.post(1, "/echo"), Frame(.data, stream: 1, [1])], client)
        clock.advance(by: .seconds(20))
        try deliver([Frame(.data, stream: 1, [1]), .get(3, "/gate")], client)
        clock.advance(by: .milliseconds(10_001))
        let answer = try client.answer(1)
        #expect(answer.status == 408)
        #expect(answer.problemCode == "request_timeout")
        server.routes.gate.open()
        #expect(try client.answer(3).status == 200)
        #expect(server.counters.slowSenders == 1)
      }
    }

    @Test func `a handler over its time is answered for with 503`() async throws {
      try await withClock { server, clock in
        let client = try FrameClient(server)
        try deliver([.get(1, "/gate")], client)
        clock.advance(by: .milliseconds(40_001))
        #expect(try client.answer(1).problemCode == "unavailable")
        server.routes.gate.open()
        #expect(server.eventually { server.routes.finishedHandlers == 1 })
        try client.send(.get(3, "/sync"))
        #expect(try client.answer(3).status == 200)
      }
    }

    @Test func `a client that keeps a window closed loses the stream`() async throws {
      try await withClock { server, clock in
        let client = try FrameClient(server, settings: [(4, 0)])
        client.opensWindows = false
        try deliver([.get(1, "/big"), .get(3, "/endless")], client)
        clock.advance(by: .milliseconds(15_000))
        // Drops do not buy time.
        try deliver([.windowUpdate(1, by: 10), .windowUpdate(3, by: 10)], client)
        clock.advance(by: .milliseconds(5_001))
        #expect(try client.answer(1).reset == ErrorCode.cancel)
        #expect(try client.answer(3).reset == ErrorCode.cancel)
        #expect(server.eventually { server.routes.streamErrors == [.peerTooSlow] })
        #expect(server.counters.slowReaders == 2)
      }
    }

    @Test func `a client that reads enough keeps its stream, however long it takes`() async throws {
      try await withClock { server, clock in
        let client = try FrameClient(server, settings: [(4, 0)])
        client.opensWindows = false
        try deliver([.get(1, "/big")], client)
        for _ in 0..<10 {
          try deliver([.windowUpdate(0, by: 70_000), .windowUpdate(1, by: 70_000)], client)
          clock.advance(by: .milliseconds(19_000))
        }
        client.opensWindows = true
        try client.send(.windowUpdate(0, by: 70_000), .windowUpdate(1, by: 70_000))
        #expect(try client.answer(1).body.count == RoutesUnderTest.bigCount)
      }
    }

    @Test func `a client that does not read is cut`() async throws {
      try await withClock { server, clock in
        let client = try FrameClient(server, settings: [(4, 0x7FFF_FFFF)], receiveBuffer: 4096)
        try client.send(.windowUpdate(0, by: 0x7000_0000))
        try client.send((0..<50).map { .get(UInt32($0 * 2 + 1), "/big") })
        #expect(server.eventually { server.blockedConnections == 1 })
        clock.advance(by: .milliseconds(20_001))
        #expect(server.eventually { server.counters.slowReaders == 1 })
        #expect(server.eventually { server.connectionCount == 0 })
      }
    }

    @Test func `draining is announced, what runs is finished, and the last request is named`() async throws {
      try await ServerUnderTest.running { server in
        let (client, idle) = (try FrameClient(server), try FrameClient(server))
        try deliver([], idle)
        try client.send(.get(1, "/gate"), .get(3, "/sync"))
        #expect(try client.answer(3).status == 200)
        #expect(server.routes.gate.waitForArrival())
        client.echoes = false
        let waitForEnd = server.drain(deadline: .seconds(60))
        try client.read { client.goAways == 1 }
        #expect(client.goAway?.last == 0x7FFF_FFFF)
        #expect(try idle.readToEnd() == ErrorCode.none)
        // It was on its way when the news came, so it is answered.
        try client.send(.get(5, "/number/5"))
        #expect(try client.answer(5).text == "5")
        try client.read { client.goAways == 2 }
        #expect(client.goAway?.last == 5)
        try client.send(.get(7, "/number/7"))
        server.routes.gate.open()
        #expect(try client.answer(1).status == 200)
        #expect(try client.readToEnd() == ErrorCode.none)
        #expect(client.answers[7] == nil)
        for client in [client, idle] { client.raw.close() }
        #expect(waitForEnd())
      }
    }

    @Test func `what is not done at the deadline is cut, and who waits for an answer is told`() async throws {
      try await ServerUnderTest.running { server in
        let (client, deaf) = (try FrameClient(server), try FrameClient(server))
        deaf.opensWindows = false
        try client.send(.get(1, "/gate"))
        try deaf.send(.get(1, "/endless"))
        #expect(server.routes.gate.waitForArrival())
        try deaf.read { deaf.answers[1] != nil }
        let begin = ContinuousClock.now
        #expect(server.drain(deadline: .milliseconds(300))())
        #expect(ContinuousClock.now - begin < .seconds(10))
        #expect(try client.answer(1).status == 503)
        #expect(server.eventually { server.routes.streamErrors.count == 1 })
      }
    }
  }
}

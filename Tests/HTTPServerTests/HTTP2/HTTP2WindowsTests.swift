// Flow control: a client takes what it opens its windows for, and the server keeps no more than that.
import EventLoop
import TestSupport
import Testing

@testable import HTTPServer

extension OverSockets {
  struct HTTP2WindowsTests {
    @Test func `under a closed window a stream waits, and goes on when it opens`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server, settings: [(4, 0)])
        client.opensWindows = false
        try client.send(.get(1, "/endless"), .get(3, "/number/7"))
        try client.read { client.answers[1] != nil }
        #expect(client.answers[1]?.body.isEmpty == true)
        // The producer stops when a little waits, whatever the client has asked for.
        #expect(server.eventually { server.routes.streamedBytes >= HTTP2BodyWriter.highWater - 100 })
        try client.send(Frame.windowUpdate(3, by: 1))
        #expect(try client.answer(3).text == "7")
        #expect(server.routes.streamedBytes <= 2 * HTTP2BodyWriter.highWater)
        try client.send(Frame.windowUpdate(1, by: 50_000))
        try client.read { client.answers[1]?.body.count == 50_000 }
        #expect(server.routes.streamedBytes <= 50_000 + 2 * HTTP2BodyWriter.highWater)
        try client.send(.reset(1))
        #expect(server.eventually { server.routes.streamErrors == [.peerGone] })
      }
    }

    @Test func `the window of the connection holds all streams, and each of them goes on`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server, settings: [(4, 0x7FFF_FFFF)])
        client.opensWindows = false
        try client.send((0..<10).map { .get(UInt32($0 * 2 + 1), "/page") })
        let received = { client.answers.values.reduce(0) { $0 + $1.body.count } }
        try client.read { received() == 65_535 }
        client.opensWindows = true
        try client.send(Frame.windowUpdate(0, by: 65_535))
        for number in 0..<10 {
          #expect(try client.answer(UInt32(number * 2 + 1)).body.count == RoutesUnderTest.pageCount)
        }
      }
    }

    @Test func `large answers to many streams arrive whole and mixed`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        try client.send((0..<8).map { .get(UInt32($0 * 2 + 1), $0 % 2 == 0 ? "/big" : "/lines/5000") })
        for number in 0..<8 {
          let expected = number % 2 == 0 ? RoutesUnderTest.bigCount : 5000 * RoutesUnderTest.line.count
          #expect(try client.answer(UInt32(number * 2 + 1)).body.count == expected)
        }
      }
    }

    @Test func `the bodies of a connection count together`() async throws {
      let bodies = BodyBudget(200_000)
      var limits = ServerLimits.brief
      limits.request.body = 1_000_000
      try await ServerUnderTest.running(limits: limits, bodies: bodies) { server in
        let client = try FrameClient(server)
        let part = [UInt8](repeating: 0x20, count: 16_000)
        for stream in stride(from: UInt32(1), to: 40, by: 2) { try client.send(.post(stream, "/large")) }
        for stream in stride(from: UInt32(1), to: 40, by: 2) {
          try client.send(Frame(.data, stream: stream, part))
        }
        // An echo overtakes answers of its own turn, so the second one tells that all are there.
        for count in 1...2 {
          try client.send(Frame(.ping, [UInt8](repeating: 0, count: 8)))
          try client.read { client.pongs == count }
        }
        let refused = client.answers.values.count { $0.status == 503 }
        // Three portions of the budget, and the last one that needs none.
        #expect(bodies.taken == 3 * BodyBudget.portion)
        #expect(refused == 20 - (4 * BodyBudget.portion - 1) / 16_000)
        for stream in stride(from: UInt32(1), to: 20, by: 2) {
          try client.send(Frame(.data, flags: Frame.endStream, stream: stream, [0x61]))
          #expect(try client.answer(stream).body.count == 16_001)
        }
        client.raw.close()
        #expect(Eventually.holds(within: .seconds(10)) { bodies.taken == 0 })
      }
    }

    @Test func `a reset stream cancels its handler, a reset connection all of them`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        client.opensWindows = false
        try client.send(.get(1, "/endless"), .get(3, "/endless"), .get(5, "/gate"))
        #expect(server.routes.gate.waitForArrival())
        try client.send(.reset(1))
        #expect(server.eventually { server.routes.streamErrors.count == 1 })
        server.watchConnections()
        client.raw.reset()
        #expect(server.eventually { server.routes.streamErrors.count == 2 })
        #expect(server.eventually { server.connectionCount == 0 })
        server.routes.gate.open()
        #expect(server.eventually { server.routes.finishedHandlers == 3 })
        #expect(server.eventually { server.livingConnections == 0 })
      }
    }

    @Test func `a client that has said its last word still gets its answers`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        try client.send(.get(1, "/gate"), .get(3, "/lines/100"), .post(5, "/echo"))
        client.raw.finishSending()
        #expect(server.routes.gate.waitForArrival())
        server.routes.gate.open()
        #expect(try client.answer(1).status == 200)
        #expect(try client.answer(3).body.count == 100 * RoutesUnderTest.line.count)
        _ = try client.readToEnd()
        #expect(server.eventually { server.connectionCount == 0 })
      }
    }

    @Test(arguments: ["/live", "/late-live"])
    func `who has said the last word is no longer told what has no end`(path: String) async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        try client.send(.get(1, path), .get(3, "/sync"))
        #expect(try client.answer(3).status == 200)
        #expect(server.routes.gate.waitForArrival())
        if path == "/live" { try client.read { client.answers[1]?.body == RoutesUnderTest.line } }
        client.raw.finishSending()
        if path == "/late-live" {
          #expect(server.eventually { server.deafConnections == 1 })
          server.routes.gate.open()
        }
        #expect(try client.answer(1).reset == ErrorCode.cancel)
        _ = try client.readToEnd()
        #expect(server.eventually { server.connectionCount == 0 })
      }
    }
  }
}

// Bodies made while they are read: as fast as the client reads, and never taken for whole when they are not.
import EventLoop
import Testing

@testable import HTTPServer

extension OverSockets {
  struct StreamingTests {
    @Test func `a stream comes in chunks and the connection goes on`() async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        for count in [0, 1, 10_000] {
          try client.send(get("/lines/\(count)") + get("/number/\(count)"))
          let answer = try client.answer()
          #expect(answer["transfer-encoding"] == "chunked")
          #expect(answer["content-length"] == nil)
          #expect(answer.body.count == count * RoutesUnderTest.line.count)
          #expect(try client.answer().text == "\(count)")
        }
      }
    }

    @Test func `on HTTP 1.0 a stream ends with the connection`() async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        try client.send("GET /lines/10000 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        let answer = try client.answer()
        #expect(answer["transfer-encoding"] == nil)
        #expect(answer["connection"] == "close")
        #expect(answer.body.count == 10_000 * RoutesUnderTest.line.count)
      }
    }

    @Test func `a producer waits for a client that does not read`() async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server, receiveBuffer: 4096)
        try client.send(get("/endless"))
        #expect(server.eventually { server.blockedConnections == 1 })
        server.watchConnections()
        let produced = server.routes.streamedBytes
        let held = server.outputBytes
        #expect(held <= 2 * ServerLimits.brief.outputHighWater)
        // Turns of the loop pass, and nothing more is made.
        for _ in 0..<100 { _ = server.counters }
        #expect(server.routes.streamedBytes == produced)
        client.close()
        #expect(server.eventually { server.routes.finishedHandlers == 1 })
        #expect(server.routes.streamErrors == [.peerGone])
        #expect(server.eventually { server.livingConnections == 0 })
      }
    }

    @Test func `what a client has read is not kept`() async throws {
      var limits = ServerLimits.brief
      limits.outputHighWater = 100 * RoutesUnderTest.bigCount
      try await ServerUnderTest.running(limits: limits) { server in
        let client = try RawClient(server, receiveBuffer: 4096)
        try client.send(String(repeating: get("/big"), count: 30))
        for _ in 0..<25 { _ = try client.answer() }
        // All thirty were ready at once, and there was always more than the client took.
        #expect(server.outputBytes < 20 * RoutesUnderTest.bigCount)
      }
    }

    @Test func `a client that reads as fast as it can does not keep the loop for itself`() async throws {
      var limits = ServerLimits.brief
      // Less than the kernel takes at once, so that only the server itself can end its turn.
      limits.outputHighWater = 4096
      try await ServerUnderTest.running(limits: limits) { [limits] server in
        let greedy = try RawClient(server)
        try greedy.send(get("/endless"))
        let waitForReader = greedy.readAndForget()
        let other = try RawClient(server)
        for number in 0..<20 {
          try other.send(get("/number/\(number)"))
          #expect(try other.answer().text == "\(number)")
        }
        let loop = server.workers[0].loop
        let (turns, bytes) = visit(loop) { (loop.statistics.turns, server.routes.streamedBytes) }
        #expect(bytes <= (turns + 1) * 2 * limits.outputHighWater)
        greedy.finishReading()
        waitForReader()
      }
    }

    @Test func `a client gone in the middle ends the producer`() async throws {
      try await ServerUnderTest.running { server in
        for number in 1...20 {
          let client = try RawClient(server)
          try client.send(get("/endless"))
          #expect(try client.head().status == 200)
          server.watchConnections()
          number % 2 == 0 ? client.close() : client.reset()
          #expect(server.eventually { server.routes.finishedHandlers == number })
        }
        #expect(server.routes.streamErrors.count == 20)
        #expect(server.eventually { server.livingConnections == 0 })
      }
    }

    @Test(arguments: ["HTTP/1.1", "HTTP/1.0"])
    func `a body whose source failed is never taken for a whole one`(version: String) async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        try client.send("GET /broken \(version)\r\nHost: h\r\n\r\n")
        #expect(throws: ClientError.self) { try client.answer() }
      }
    }
  }
}

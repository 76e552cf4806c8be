// Tasks that carry out one handler after another: whoever they worked for before must not show.
import Testing

@testable import HTTPServer

extension OverSockets {
  struct HandlerTasksTests {
    @Test func `one task answers one request after another`() async throws {
      try await ServerUnderTest.running { server in
        let clients = (try RawClient(server), try RawClient(server))
        let first = try Self.task(of: clients.0)
        #expect(try Self.task(of: clients.1) == first)
        #expect(try Self.task(of: clients.0) == first)
        #expect(server.waitingTasks == 1)
      }
    }

    @Test func `who was told to give up works for nobody else`() async throws {
      try await ServerUnderTest.running { server in
        for _ in 0..<5 {
          let vanishing = try RawClient(server)
          try vanishing.send(get("/gate"))
          #expect(server.routes.gate.waitForArrival())
          vanishing.reset()
        }
        #expect(server.eventually { server.connectionCount == 0 })
        server.routes.gate.open()
        #expect(server.eventually { server.routes.finishedHandlers == 5 })
        #expect(server.eventually { server.livingTasks == 0 })
        let client = try RawClient(server)
        #expect(try Self.task(of: client).hasSuffix(" goes on"))
      }
    }

    @Test func `a handler whose time is up works for nobody else`() async throws {
      var limits = ServerLimits.brief
      limits.requestTimeout = .milliseconds(100)
      try await ServerUnderTest.running(limits: limits) { server in
        let waiting = try RawClient(server)
        try waiting.send(get("/gate"))
        #expect(try waiting.answer().status == 503)
        server.routes.gate.open()
        #expect(server.eventually { server.routes.finishedHandlers == 1 && server.livingTasks == 0 })
        let client = try RawClient(server)
        #expect(try Self.task(of: client).hasSuffix(" goes on"))
      }
    }

    @Test func `more than there is room for end with their answers, and all do when the server stops`()
      async throws
    {
      try await ServerUnderTest.running { server in
        let clients = try (0..<300).map { _ in try RawClient(server) }
        for client in clients {
          try client.send(get("/gate"))
          #expect(server.routes.gate.waitForArrival())
        }
        server.routes.gate.open()
        for client in clients { #expect(try client.answer().status == 200) }
        #expect(server.waitingTasks == HandlerTasks.idleMax)
        #expect(server.eventually { server.livingTasks == HandlerTasks.idleMax })
        for client in clients { client.close() }
        #expect(server.drain(deadline: .seconds(10))())
        #expect(server.eventually { server.livingTasks == 0 })
      }
    }

    private static func task(of client: RawClient) throws -> String {
      try client.send(get("/task"))
      return try client.answer().text
    }
  }
}

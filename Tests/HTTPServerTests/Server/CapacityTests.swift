// Connections spread over the workers, and a server that is full says so.
import Testing

@testable import HTTPServer

extension OverSockets {
  struct CapacityTests {
    @Test func `a hundred connections spread evenly over four workers`() async throws {
      try await ServerUnderTest.running(workers: 4) { server in
        let clients = try (0..<100).map { _ in try RawClient(server) }
        #expect(server.eventually { server.connectionCount == 100 })
        #expect(server.workers.map(\.connectionCount) == [25, 25, 25, 25])
        // The worker that lost some gets the next ones.
        for client in clients[..<40] { client.close() }
        #expect(server.eventually { server.connectionCount == 60 })
        let others = try (0..<40).map { _ in try RawClient(server) }
        #expect(server.eventually { server.connectionCount == 100 })
        #expect(server.workers.map(\.connectionCount) == [25, 25, 25, 25])
        for client in clients[40...] + others { client.close() }
        #expect(server.eventually { server.connectionCount == 0 })
      }
    }

    @Test func `a full server says so and when to come back`() async throws {
      var limits = ServerLimits.brief
      limits.connections = 3
      try await ServerUnderTest.running(workers: 2, limits: limits) { server in
        let clients = try (0..<3).map { _ in try RawClient(server) }
        #expect(server.eventually { server.connectionCount == 3 })
        for _ in 0..<20 {
          let refused = try RawClient(server)
          let answer = try refused.answer()
          #expect(answer.status == 503)
          #expect(answer.problemCode == "overloaded")
          #expect(answer["retry-after"] == "1")
          #expect(answer["connection"] == "close")
        }
        // Their requests are there before they are refused; the answer survives that.
        let early = try server.withAcceptorHeld {
          try (0..<20).map { _ in
            let client = try RawClient(server)
            try client.send(get("/sync"))
            return client
          }
        }
        for client in early {
          #expect(try client.answer().status == 503)
          #expect(try client.isAtEnd())
        }
        for (number, client) in clients.enumerated() {
          try client.send(get("/number/\(number)"))
          #expect(try client.answer().text == "\(number)")
        }
        clients[0].close()
        #expect(server.eventually { server.connectionCount == 2 })
        let welcome = try RawClient(server)
        try welcome.send(get("/sync"))
        #expect(try welcome.answer().status == 200)
      }
    }
  }
}

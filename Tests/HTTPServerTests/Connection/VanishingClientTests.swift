// Clients that go away at every moment leave nothing behind and harm nobody.
import Testing

@testable import HTTPServer

extension OverSockets {
  struct VanishingClientTests {
    enum Way: CaseIterable {
      case close, reset
    }

    @Test(arguments: Way.allCases)
    func `a client that vanishes while its handler waits is harmless`(way: Way) async throws {
      try await ServerUnderTest.running { server in
        for _ in 0..<50 {
          let client = try RawClient(server)
          try client.send(get("/gate") + get("/gate"))
          #expect(server.routes.gate.waitForArrival())
          server.watchConnections()
          way == .close ? client.close() : client.reset()
        }
        // A reset is seen at once; a good-bye could also be that of a client that still reads.
        if way == .reset { #expect(server.eventually { server.connectionCount == 0 }) }
        let bystander = try RawClient(server)
        try bystander.send(get("/number/7"))
        #expect(try bystander.answer().text == "7")
        bystander.close()
        server.routes.gate.open()
        #expect(server.eventually { server.routes.finishedHandlers >= 50 })
        #expect(server.eventually { server.connectionCount == 0 })
        #expect(server.eventually { server.livingConnections == 0 })
      }
    }

    @Test func `a client that was gone before its request was read is noticed while its handler waits`()
      async throws
    {
      var limits = ServerLimits.brief
      // Longer than this test waits: the handler's time must not be what ends the connection.
      limits.requestTimeout = .seconds(300)
      try await ServerUnderTest.running(limits: limits) { server in
        let clients = try (0..<20).map { _ in try RawClient(server) }
        #expect(server.eventually { server.counters.acceptedConnections == 20 })
        try server.withWorkersHeld {
          for client in clients {
            try client.send(get("/gate"))
            client.reset()
          }
        }
        for _ in clients { #expect(server.routes.gate.waitForArrival()) }
        #expect(server.eventually { server.connectionCount == 0 })
      }
    }

    @Test(arguments: Way.allCases)
    func `a client may vanish at any point of a request`(way: Way) async throws {
      let request = Array(post("/echo", "a body", "Content-Type: application/json").utf8)
      try await ServerUnderTest.running { server in
        for end in 0...request.count {
          let client = try RawClient(server)
          try client.send(Array(request[..<end]))
          way == .close ? client.close() : client.reset()
        }
        #expect(server.eventually { server.counters.closedConnections == request.count + 1 })
        #expect(server.connectionCount == 0)
      }
    }

    @Test func `a client that has said its last word still gets its answer`() async throws {
      try await ServerUnderTest.running { server in
        for target in ["/sync", "/gate", "/lines/1000"] {
          let client = try RawClient(server)
          try client.send(get(target))
          client.finishSending()
          if target == "/gate" {
            #expect(server.routes.gate.waitForArrival())
            server.routes.gate.open()
          }
          #expect(try client.answer().status == 200)
          #expect(try client.isAtEnd())
        }
        #expect(server.eventually { server.connectionCount == 0 })
      }
    }

    @Test(arguments: ["/live", "/late-live"])
    func `who has said the last word is no longer told what has no end`(path: String) async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        try client.send(get(path))
        #expect(server.routes.gate.waitForArrival())
        client.finishSending()
        if path == "/late-live" {
          #expect(server.eventually { server.deafConnections == 1 })
          server.routes.gate.open()
        }
        #expect(server.eventually { server.connectionCount == 0 })
      }
    }

    @Test func `half a request and the last word end the connection, not the answers before it`() async throws
    {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server, receiveBuffer: 4096)
        try client.send(String(repeating: get("/big"), count: 5) + get("/sleep/1") + "GET /half HTTP")
        client.finishSending()
        for _ in 0..<5 { #expect(try client.answer().body.count == RoutesUnderTest.bigCount) }
        #expect(try client.answer().text == "1")
        #expect(try client.isAtEnd())
        #expect(server.eventually { server.connectionCount == 0 })
      }
    }
  }
}

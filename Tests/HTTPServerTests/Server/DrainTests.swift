// Stopping: what was accepted is answered, what comes later is refused, and the deadline holds.
import Foundation
import Testing

@testable import HTTPServer

extension OverSockets {
  struct DrainTests {
    @Test func `requests in flight are answered, idle connections end, new ones are refused`() async throws {
      try await ServerUnderTest.running(workers: 2) { server in
        let idle = try (0..<10).map { _ in try RawClient(server) }
        for client in idle {
          try client.send(get("/sync"))
          #expect(try client.answer()["connection"] == nil)
        }
        let busy = try (0..<10).map { _ in try RawClient(server) }
        for client in busy {
          try client.send(get("/gate") + get("/sync"))
          #expect(server.routes.gate.waitForArrival())
        }
        let waitForEnd = server.drain(deadline: .seconds(60))
        for client in idle {
          #expect(try client.isAtEnd())
          client.close()
        }
        #expect(throws: ClientError.system(ECONNREFUSED, "connect")) { try RawClient(server) }
        server.routes.gate.open()
        for client in busy {
          let answer = try client.answer()
          #expect(answer.status == 200)
          #expect(answer["connection"] == "close")
          #expect(try client.isAtEnd())
          client.close()
        }
        #expect(waitForEnd())
        #expect(server.connectionCount == 0)
      }
    }

    @Test func `what is not done at the deadline is cut, and who waits for an answer is told`() async throws {
      try await ServerUnderTest.running { server in
        let waiting = try RawClient(server)
        try waiting.send(get("/gate"))
        #expect(server.routes.gate.waitForArrival())
        let deaf = try RawClient(server, receiveBuffer: 4096)
        try deaf.send(get("/endless"))
        #expect(server.eventually { server.blockedConnections == 1 })
        let begin = ContinuousClock.now
        #expect(server.drain(deadline: .milliseconds(300))())
        let spent = ContinuousClock.now - begin
        #expect(spent >= .milliseconds(300))
        #expect(spent < .seconds(10))
        let answer = try waiting.answer()
        #expect(answer.status == 503)
        #expect(answer["retry-after"] == "1")
        #expect(answer["connection"] == "close")
        #expect(try waiting.isAtEnd())
        #expect(server.connectionCount == 0)
        #expect(server.eventually { server.routes.streamErrors.count == 1 })
      }
    }

    @Test func `a request that has reached the server is answered, though nobody has read it yet`()
      async throws
    {
      try await ServerUnderTest.running { server in
        let (new, kept) = (try RawClient(server), try RawClient(server))
        try kept.send(get("/sync"))
        #expect(try kept.answer().status == 200)
        // The worker stands still, so that the requests lie in the kernel when it begins to drain.
        let waitForEnd = server.withWorkersHeld {
          let waitForEnd = server.drain(deadline: .seconds(60))
          try? new.send(get("/number/1"))
          try? kept.send(get("/number/2"))
          return waitForEnd
        }
        for (client, number) in [(new, "1"), (kept, "2")] {
          let answer = try client.answer()
          #expect(answer.text == number)
          client.close()
        }
        #expect(waitForEnd())
      }
    }

    @Test func `a request sent while the server stops is answered or cleanly refused, never half done`()
      async throws
    {
      for _ in 0..<10 {
        try await ServerUnderTest.running(workers: 2) { server in
          let clients = try (0..<20).map { _ in try RawClient(server) }
          for client in clients {
            try client.send(get("/sync"))
            _ = try client.answer()
          }
          let waitForEnd = server.drain(deadline: .seconds(60))
          for client in clients {
            guard (try? client.send(get("/sync"))) != nil else { continue }
            let answers: [RawAnswer]
            do {
              answers = try client.answersToEnd()
            } catch ClientError.system(ECONNRESET, _) {
              answers = []
            }
            #expect(answers.allSatisfy { $0.body == RoutesUnderTest.sync })
            #expect(answers.count <= 1)
            client.close()
          }
          #expect(waitForEnd())
        }
      }
    }

    @Test func `everybody whom the kernel has let in is answered, however many wait`() async throws {
      try await ServerUnderTest.running { server in
        var clients: [RawClient] = []
        let waitForEnd = try server.withAcceptorHeld {
          clients = try (0..<300).map { _ in try RawClient(server) }
          for (number, client) in clients.enumerated() { try client.send(get("/number/\(number)")) }
          return server.drain(deadline: .seconds(60))
        }
        for (number, client) in clients.enumerated() {
          #expect(try client.answer().text == "\(number)")
          client.close()
        }
        #expect(waitForEnd())
      }
    }

    @Test func `a client with answers still to read learns which one is the last`() async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server, receiveBuffer: 4096)
        try client.send(String(repeating: get("/big"), count: 20))
        #expect(server.eventually { server.blockedConnections == 1 })
        let waitForEnd = server.drain(deadline: .seconds(60))
        let answers = try client.answersToEnd()
        #expect(answers.allSatisfy { $0.body.count == RoutesUnderTest.bigCount })
        #expect(answers.dropLast().allSatisfy { $0["connection"] == nil })
        #expect(answers.last?["connection"] == "close")
        client.close()
        #expect(waitForEnd())
      }
    }
  }
}

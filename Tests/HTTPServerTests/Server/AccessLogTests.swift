// What the access log says of each answer, and that a log nobody reads stops nobody.
import EventLoop
import Foundation
import TestSupport
import Testing

@testable import HTTPServer

extension OverSockets {
  struct AccessLogTests {
    private struct Line: Decodable {
      let time: String
      let requestId: String
      let peer: String
      let method: String?
      let path: String?
      let route: String?
      let status: Int
      let microseconds: Int
    }

    /// A server whose log goes into a pipe.
    private func logged(
      _ level: AccessLog.Level, bound: Int = 1024 * 1024,
      _ body: @escaping @Sendable (ServerUnderTest, LineWriter, FileHandle) throws -> Void
    ) async throws {
      let pipe = Pipe()
      let lines = LineWriter(descriptor: pipe.fileHandleForWriting.fileDescriptor, bound: bound)
      try await ServerUnderTest.running(accessLog: AccessLog(level: level, to: lines)) { server in
        try body(server, lines, pipe.fileHandleForReading)
      }
      lines.close()
      withExtendedLifetime(pipe) {}
    }

    private static func read(_ count: Int, from log: FileHandle) throws -> [Line] {
      var text = ""
      while text.count(where: { $0 == "\n" }) < count {
        text += String(decoding: log.availableData, as: UTF8.self)
      }
      return try text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    }

    @Test func `each answer has a line, and each line is JSON with what one wants to know`() async throws {
      try await logged(.all) { server, _, log in
        let client = try RawClient(server)
        try client.send(
          get("/number/7?secret=1", "X-Request-Id: mine.1")
            + get("/a\"b".replacingOccurrences(of: "\"", with: "%22"))
            + "BREW /sync HTTP/1.1\r\nHost: h\r\n\r\n" + get("/lines/3") + "GET / HTTP/1.1\nHost: h\r\n\r\n")
        let answers = try client.answersToEnd()
        #expect(answers.map(\.status) == [200, 404, 405, 200, 400])
        let lines = try Self.read(5, from: log)
        #expect(lines.map(\.status) == answers.map(\.status))
        #expect(lines.map(\.requestId) == answers.map { $0["x-request-id"] })
        #expect(lines.map(\.method) == ["GET", "GET", "BREW", "GET", nil])
        #expect(lines.map(\.path) == ["/number/7", "/a%22b", "/sync", "/lines/3", nil])
        #expect(lines.map(\.route) == ["/number/{number}", nil, nil, "/lines/{number}", nil])
        #expect(lines.allSatisfy { $0.peer == "127.0.0.1" })
        #expect(lines.allSatisfy { (0..<10_000_000).contains($0.microseconds) })
        #expect(lines.allSatisfy { $0.time.hasSuffix("Z") && $0.time.count == 27 })
        #expect(lines[0].requestId == "mine.1")
      }
    }

    enum Leaving: CaseIterable {
      case oldConnection, stream, connection
    }

    @Test(arguments: Leaving.allCases)
    func `an answer that its client breaks off has a line, and is counted`(by way: Leaving) async throws {
      try await logged(.all) { server, _, log in
        try Self.leave(server, by: way)
        try #require(server.eventually { server.counters.routes.reduce(0) { $0 + $1.answers[1] } == 1 })
        let lines = try Self.read(1, from: log)
        #expect(lines.map(\.status) == [200])
        #expect(lines.map(\.path) == ["/slow-table"])
        #expect(lines.map(\.requestId) == ["mine"])
      }
    }

    /// Begins an answer that does not end, and leaves.
    private static func leave(_ server: ServerUnderTest, by way: Leaving) throws {
      if way == .oldConnection {
        let client = try RawClient(server)
        try client.send(get("/slow-table", "X-Request-Id: mine"))
        #expect(server.routes.gate.waitForArrival())
        return client.reset()
      }
      let client = try FrameClient(server)
      try client.send(.get(1, "/slow-table", [("x-request-id", "mine")]))
      #expect(server.routes.gate.waitForArrival())
      if way == .stream {
        try client.send(.reset(1), Frame(.ping, [UInt8](repeating: 0, count: 8)))
        try client.read { client.pongs == 1 }
      }
      client.raw.reset()
    }

    @Test func `an answer's time counts from its request, not from when the loop last had work`() async throws
    {
      try await logged(.all) { server, _, log in
        let client = try RawClient(server)
        try client.send(get("/sync"))
        _ = try client.answer()
        // The pause is the case under test: the machine's clock moves while the loop waits.
        usleep(6_000_000)
        try client.send(get("/sync"))
        _ = try client.answer()
        #expect(try Self.read(2, from: log).allSatisfy { $0.microseconds < 5_000_000 })
      }
    }

    @Test func `a log of errors leaves the rest out`() async throws {
      try await logged(.errors) { server, _, log in
        let client = try RawClient(server)
        try client.send(get("/sync") + get("/nothing") + get("/sync") + get("/problem"))
        for _ in 0..<4 { _ = try client.answer() }
        #expect(try Self.read(2, from: log).map(\.status) == [404, 403])
      }
    }

    @Test func `with nobody reading the log the server goes on and counts what it dropped`() async throws {
      try await logged(.all, bound: 100_000) { server, lines, log in
        let client = try RawClient(server)
        let count = 5000
        for _ in 0..<(count / 100) {
          try client.send(String(repeating: get("/sync"), count: 100))
          for _ in 0..<100 { #expect(try client.answer().status == 200) }
        }
        let dropped = lines.droppedLines
        #expect(dropped > 0)
        // When somebody reads again, the lines that are there and the number of the others add up.
        var text = ""
        while !text.contains("logLinesDropped") { text += String(decoding: log.availableData, as: UTF8.self) }
        let written = text.split(separator: "\n").filter { !$0.contains("logLinesDropped") }.count
        #expect(text.contains("{\"logLinesDropped\":\(dropped)}\n"))
        #expect(written + dropped == count)
      }
    }

    @Test func `a log that nobody reads does not keep the server from stopping`() async throws {
      let begin = ContinuousClock.now
      try await logged(.all) { server, _, _ in
        let client = try RawClient(server)
        try client.send(String(repeating: get("/sync"), count: 1000))
        for _ in 0..<1000 { _ = try client.answer() }
      }
      #expect(ContinuousClock.now - begin < .seconds(30))
    }

    @Test func `a log whose reader is gone does not take the server with it`() async throws {
      try await logged(.all) { server, _, log in
        try log.close()
        let client = try RawClient(server)
        try client.send(String(repeating: get("/sync"), count: 100))
        for _ in 0..<100 { #expect(try client.answer().status == 200) }
      }
    }

    @Test(arguments: [
      "a b", "<x>", "é", "", "a,b", String(repeating: "a", count: 129), "\"", "a\\n",
    ])
    func `an id that could do harm is replaced`(id: String) async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        try client.send(get("/sync", "X-Request-Id: \(id)"))
        let made = try #require(try client.answer()["x-request-id"])
        #expect(made != id)
        #expect(made.count == 24)
      }
    }

    @Test func `ids are taken over if they can be, and else made, each once`() async throws {
      try await ServerUnderTest.running(workers: 3) { server in
        var seen: Set<String> = []
        for _ in 0..<30 {
          let client = try RawClient(server)
          try client.send(
            String(repeating: get("/sync"), count: 30) + get("/sync", "x-request-id: A-b_c.9:z"))
          for _ in 0..<30 { seen.insert(try #require(try client.answer()["x-request-id"])) }
          #expect(try client.answer()["x-request-id"] == "A-b_c.9:z")
        }
        #expect(seen.count == 900)
      }
    }
  }
}

// What a client of HTTP/2 makes a server keep is bounded by its connection and then by the budget all share:
// heads whose bodies do not come, answers nobody reads, producers that stand at a closed window.
import EventLoop
import TestSupport
import Testing

@testable import HTTPServer

extension OverSockets {
  struct HTTP2MemoryTests {
    /// A client that takes nothing of an answer's body until it is told to.
    private func client(of server: ServerUnderTest) throws -> FrameClient {
      let client = try FrameClient(server, settings: [(4, 0)])
      client.opensWindows = false
      return client
    }

    /// Sends frames and waits until all they led to at once has come: an echo overtakes answers of its own
    /// turn, so the second one tells.
    private func deliver(_ frames: [Frame], _ client: FrameClient) throws {
      try client.send(frames)
      for _ in 1...2 {
        let pongs = client.pongs
        try client.send(Frame(.ping, [UInt8](repeating: 0, count: 8)))
        try client.read { client.pongs > pongs }
      }
    }

    private func streams(_ count: Int) -> [UInt32] { (0..<count).map { UInt32($0 * 2 + 1) } }

    private func refused(_ client: FrameClient) -> Int { client.answers.values.count { $0.status == 503 } }

    private func isGivenBack(_ bodies: BodyBudget) -> Bool {
      Eventually.holds(within: .seconds(10)) { bodies.taken == 0 }
    }

    @Test func `heads whose bodies do not come take from the budget, and are refused without it`()
      async throws
    {
      let bodies = BodyBudget(2 * BodyBudget.portion)
      try await ServerUnderTest.running(bodies: bodies) { server in
        let client = try FrameClient(server)
        let fat = [("fat", String(repeating: "a", count: 8000))]
        try deliver(streams(100).map { .post($0, "/echo", fat) }, client)
        #expect(bodies.taken == 2 * BodyBudget.portion)
        // The third portion would begin with the twenty-fifth head.
        #expect(refused(client) == 100 - (3 * BodyBudget.portion - 1) / 8100)
        try client.send(Frame(.data, flags: Frame.endStream, stream: 1, [0x61]))
        #expect(try client.answer(1).text == "a")
        client.raw.close()
        #expect(isGivenBack(bodies))
      }
    }

    @Test func `small heads need no budget, as many as there may be`() async throws {
      try await ServerUnderTest.running(bodies: BodyBudget(0)) { server in
        let client = try FrameClient(server)
        try deliver(streams(128).map { .post($0, "/echo") }, client)
        #expect(refused(client) == 0)
        try client.send(streams(128).map { Frame(.data, flags: Frame.endStream, stream: $0, [0x61]) })
        for stream in streams(128) { #expect(try client.answer(stream).text == "a") }
      }
    }

    @Test func `answers that nobody reads take from the budget, and are refused without it`() async throws {
      let bodies = BodyBudget(2 * BodyBudget.portion)
      try await ServerUnderTest.running(bodies: bodies) { server in
        let client = try client(of: server)
        try deliver(streams(20).map { .get($0, "/page") }, client)
        let kept = (3 * BodyBudget.portion - 1) / RoutesUnderTest.pageCount
        #expect(bodies.taken == 2 * BodyBudget.portion)
        let windows = streams(20).map { Frame.windowUpdate($0, by: 100_000) }
        try client.send(windows + [.windowUpdate(0, by: 1_000_000)])
        let answers = try streams(20).map { try client.answer($0) }
        #expect(answers.map(\.status).count { $0 == 503 } == 20 - kept)
        #expect(answers.allSatisfy { $0.status == 503 || $0.body.count == RoutesUnderTest.pageCount })
        #expect(answers.last?.problemCode == "overloaded")
        #expect(isGivenBack(bodies))
        // There is room again.
        try client.send(.get(101, "/page"), .windowUpdate(101, by: 100_000))
        #expect(try client.answer(101).status == 200)
      }
    }

    @Test func `one answer at a time needs no budget, as over HTTP/1`() async throws {
      let bodies = BodyBudget(0)
      try await ServerUnderTest.running(bodies: bodies) { server in
        let client = try FrameClient(server)
        for stream in stride(from: UInt32(1), to: 13, by: 4) {
          try client.send(.get(stream, "/big"))
          #expect(try client.answer(stream).body.count == RoutesUnderTest.bigCount)
          try client.send(.get(stream + 2, "/lines/5000"))
          #expect(try client.answer(stream + 2).body.count == 5000 * RoutesUnderTest.line.count)
        }
        #expect(isGivenBack(bodies))
      }
    }

    @Test func `the answer to what was done is given, whatever it takes`() async throws {
      try await ServerUnderTest.running(bodies: BodyBudget(0)) { server in
        let client = try client(of: server)
        try client.send(streams(5).map { .request($0, Frame.fields("POST", "/gated-page")) })
        for _ in streams(5) { #expect(server.routes.gate.waitForArrival()) }
        server.routes.gate.open()
        try client.read { streams(5).allSatisfy { client.answers[$0]?.status == 200 } }
        try deliver([.get(11, "/page")], client)
        let windows = streams(6).map { Frame.windowUpdate($0, by: 100_000) }
        try client.send(windows + [.windowUpdate(0, by: 1_000_000)])
        for stream in streams(5) { #expect(try client.answer(stream).status == 200) }
        #expect(try client.answer(11).status == 503)
      }
    }

    @Test func `producers at a closed window are as many as there is room for`() async throws {
      let bodies = BodyBudget(BodyBudget.portion)
      try await ServerUnderTest.running(bodies: bodies) { server in
        let client = try client(of: server)
        try deliver(streams(20).map { .get($0, "/endless") }, client)
        let most = 2 * BodyBudget.portion / HTTP2BodyWriter.highWater
        #expect(refused(client) >= 20 - most)
        #expect(client.answers.values.contains { $0.status == 200 })
        #expect(server.routes.streamedBytes <= most * 2 * HTTP2BodyWriter.highWater)
        try client.send(streams(20).map { .reset($0) })
        #expect(isGivenBack(bodies))
      }
    }

    @Test func `what is told without end waits for its reader where there is no room, and then goes on`()
      async throws
    {
      try await ServerUnderTest.running(bodies: BodyBudget(0)) { server in
        let client = try client(of: server)
        try deliver(streams(20).map { .get($0, "/ticker") }, client)
        let told = streams(20).filter { client.answers[$0]?.status == 200 }
        #expect(told.count >= 4)
        #expect(server.routes.streamedBytes < BodyBudget.portion)
        try client.send(told.map { .windowUpdate($0, by: 50_000) } + [.windowUpdate(0, by: 2_000_000)])
        try client.read { told.allSatisfy { client.answers[$0]?.body.count == 50_000 } }
      }
    }
  }
}

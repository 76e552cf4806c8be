// What a hostile client sends so that we work and it does not. Each flood ends its connection, with the
// reason said, and disturbs nobody else.
import TestSupport
import Testing

@testable import HTTPServer

extension OverSockets {
  struct HTTP2FloodTests {
    /// Sends until the server has had enough, and gives the reason it names.
    private func flood(_ server: ServerUnderTest, _ round: (Int) -> [Frame]) throws -> UInt32? {
      let client = try FrameClient(server)
      // The server may close while we are still sending.
      for number in 0..<200 where (try? client.send(round(number))) == nil { break }
      return try client.readToEnd()
    }

    /// Whether somebody else is still served, and nothing of the flood is left.
    private func isWell(_ server: ServerUnderTest) throws -> Bool {
      let client = try FrameClient(server)
      try client.send(.get(1, "/sync"))
      let isAnswered = try client.answer(1).status == 200
      client.raw.close()
      return isAnswered && server.eventually { server.connectionCount == 0 }
    }

    enum Flood: CaseIterable {
      case pings, settings, emptyData, paddedData, priorities, windowUpdates, emptyFields

      func round(_ number: Int) -> [Frame] {
        switch self {
        case .pings: Self.times(Frame(.ping, [UInt8](repeating: 0, count: 8)))
        case .settings: Self.times(.settings())
        case .emptyData: (number == 0 ? [.post(1, "/echo")] : []) + Self.times(Frame(.data, stream: 1))
        case .paddedData:
          (number == 0 ? [.post(1, "/echo")] : [])
            + Self.times(Frame(.data, flags: 8, stream: 1, [3, 0, 0, 0]))
        case .priorities: Self.times(Frame(.priority, stream: 1, [0, 0, 0, 3, 16]))
        case .windowUpdates: Self.times(.windowUpdate(0, by: 1))
        case .emptyFields:
          [Frame(.headers, flags: Frame.endStream, stream: 1)]
            + Self.times(Frame(.continuation, stream: 1))
        }
      }

      private static func times(_ frame: Frame) -> [Frame] { Array(repeating: frame, count: 100) }
    }

    @Test(arguments: Flood.allCases)
    func `frames that lead to nothing end the connection`(flood kind: Flood) async throws {
      try await ServerUnderTest.running { server in
        let reason = try flood(server, kind.round)
        #expect(reason == ErrorCode.enhanceYourCalm)
        #expect(try isWell(server))
      }
    }

    /// Also with the code of a good end, and also where an answer without a body is given before the reset.
    @Test(
      arguments: ["/gate", "/instant", "/instant-empty", "/endless"],
      [ErrorCode.none, ErrorCode.cancel, 0xFFFF])
    func `requests taken back at once end the connection`(path: String, code: UInt32) async throws {
      try await ServerUnderTest.running { server in
        let reason = try flood(server) { round in
          (0..<50).flatMap { number -> [Frame] in
            let stream = UInt32(round * 100 + number * 2 + 1)
            return [.get(stream, path), .reset(stream, code: code)]
          }
        }
        #expect(reason == ErrorCode.enhanceYourCalm)
        server.routes.gate.open()
        #expect(try isWell(server))
      }
    }

    @Test func `malformed requests end the connection when there are too many`() async throws {
      try await ServerUnderTest.running { server in
        let reason = try flood(server) { round in
          (0..<50).map { .get(UInt32(round * 100 + $0 * 2 + 1), "/sync", [("connection", "close")]) }
        }
        #expect(reason == ErrorCode.enhanceYourCalm)
        #expect(try isWell(server))
      }
    }

    @Test func `requests that make us take them back end the connection too`() async throws {
      try await ServerUnderTest.running { server in
        let reason = try flood(server) { round in
          (0..<50).flatMap { number -> [Frame] in
            let stream = UInt32(round * 100 + number * 2 + 1)
            return [.get(stream, "/gate"), .windowUpdate(stream, by: 0)]
          }
        }
        #expect(reason == ErrorCode.enhanceYourCalm || reason == ErrorCode.protocolError)
        server.routes.gate.open()
        #expect(try isWell(server))
      }
    }

    @Test func `a client that works may break off many streams and send many pings, in time`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        var stream: UInt32 = 1
        for _ in 0..<2000 {
          try client.send(
            .get(stream, "/sync"), .get(stream + 2, "/sleep/1"), .reset(stream + 2),
            Frame(.ping, [UInt8](repeating: 0, count: 8)))
          let answer = try? client.answer(stream)
          #expect(answer?.status == 200, "\(client.goAway as Any)")
          if answer == nil { return }
          stream += 4
        }
      }
    }

    @Test(arguments: ["/gate", "/slow-table"], [ErrorCode.none, ErrorCode.cancel])
    func `handlers and producers that nobody waits for count as streams`(path: String, code: UInt32)
      async throws
    {
      var limits = ServerLimits.brief
      limits.streams = 10
      try await ServerUnderTest.running(limits: limits) { server in
        let client = try FrameClient(server)
        for number in 0..<10 {
          try client.send(.get(UInt32(number * 2 + 1), path))
          #expect(server.routes.gate.waitForArrival())
          try client.send(.reset(UInt32(number * 2 + 1), code: code))
        }
        try client.send(.get(101, "/sync"))
        #expect(try client.answer(101).reset == ErrorCode.refusedStream)
        server.routes.gate.open()
        #expect(server.eventually { server.routes.finishedHandlers == 10 })
        try client.send(.get(103, "/sync"))
        #expect(try client.answer(103).status == 200)
      }
    }

    @Test func `too many streams are refused before they are begun`() async throws {
      var limits = ServerLimits.brief
      limits.streams = 4
      try await ServerUnderTest.running(limits: limits) { server in
        // The client cannot know the limit yet: the settings are not read before the answers.
        let client = try FrameClient(server)
        try client.send((0..<6).map { .get(UInt32($0 * 2 + 1), "/gate") })
        #expect(try client.answer(9).reset == ErrorCode.refusedStream)
        #expect(try client.answer(11).reset == ErrorCode.refusedStream)
        server.routes.gate.open()
        for stream in [UInt32(1), 3, 5, 7] { #expect(try client.answer(stream).status == 200) }
      }
    }

    @Test func `a client that does not read is not worked for without end`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server, receiveBuffer: 4096)
        let window = Frame.windowUpdate(0, by: 0x7000_0000)
        try client.send(.settings([(4, 0x7FFF_FFFF)]), window)
        try client.send((0..<20).map { .get(UInt32($0 * 2 + 1), "/big") })
        #expect(server.eventually { server.blockedConnections == 1 })
        #expect(server.outputBytes <= 512 * 1024)
        client.raw.reset()
        #expect(server.eventually { server.connectionCount == 0 })
      }
    }

    @Test(arguments: [
      (Frame(.data, stream: 1, [1]), ErrorCode.protocolError),
      (Frame(.data, stream: 0, [1]), ErrorCode.protocolError),
      (
        Frame(.headers, flags: 5, stream: 2, Frame.block(Frame.fields("GET", "/sync"))),
        ErrorCode.protocolError
      ),
      (Frame(.headers, flags: 5, stream: 1, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]), ErrorCode.compression),
      (Frame(.continuation, flags: 4, stream: 1, []), ErrorCode.protocolError),
      (Frame(.pushPromise, flags: 4, stream: 1, [0, 0, 0, 2]), ErrorCode.protocolError),
      (Frame(.ping, [1, 2, 3]), ErrorCode.frameSize),
      (Frame(.settings, [1, 2, 3]), ErrorCode.frameSize),
      (Frame.settings([(4, 0x8000_0000)]), ErrorCode.flowControl),
      (Frame.windowUpdate(0, by: 0x7FFF_FFFF), ErrorCode.flowControl),
      (Frame.windowUpdate(0, by: 0), ErrorCode.protocolError),
      (Frame(.headers, flags: 5, stream: 1, [UInt8](repeating: 0, count: 16_385)), ErrorCode.frameSize),
    ])
    func `what breaks the protocol ends the connection, with the reason`(frame: Frame, reason: UInt32)
      async throws
    {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        try client.send(frame)
        #expect(try client.readToEnd() == reason)
        client.raw.close()
        #expect(try isWell(server))
      }
    }

    @Test func `something else than settings behind the preface ends the connection`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server, beginningWith: .get(1, "/sync"))
        #expect(try client.readToEnd() == ErrorCode.protocolError)
        client.raw.close()
        #expect(try isWell(server))
      }
    }
  }
}

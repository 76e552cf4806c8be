// Requests that HTTP/2 forbids, and those that HTTP/1.1 would refuse too.
import TestSupport
import Testing

@testable import HTTPServer

extension OverSockets {
  struct HTTP2OddRequestsTests {
    private static let usual = Frame.fields("GET", "/sync")

    private static func without(_ name: String) -> [(String, String)] {
      usual.filter { $0.0 != name }
    }

    private static func with(_ path: String) -> [(String, String)] {
      Frame.fields("GET", path)
    }

    private static func with(_ fields: (String, String)...) -> [(String, String)] {
      usual + fields
    }

    private static func replacing(_ name: String, _ value: String) -> [(String, String)] {
      usual.map { $0.0 == name ? (name, value) : $0 }
    }

    private static let malformed: [[(String, String)]] = [
      without(":path"), without(":scheme"), without(":method"), without(":authority"),
      [usual[0]] + usual, with(""), with("sync"), with("*"), with(("Accept", "*/*")),
      with(("connection", "close")), with(("transfer-encoding", "chunked")), with(("te", "gzip")),
      with(("a", "b"), (":path", "/other")), with((":status", "200")),
      with(("content-length", "1"), ("content-length", "1")), with(("content-length", "-1")),
      with(("content-length", "5")),
    ]

    private static let refused: [([(String, String)], Int)] = [
      (with("/a\u{e9}"), 400), (with("/a#b"), 400), (with("/a\"b"), 400), (with(("host", "other")), 400),
      (with(("a", "b\u{1}")), 400), (with(("a", " b")), 400), (with(("a b", "c")), 400),
      (replacing(":scheme", "ftp"), 400), (replacing(":authority", "u@h"), 400),
      (replacing(":authority", "h:99999"), 400),
      (replacing(":method", String(repeating: "M", count: 33)), 400),
      (with("/" + String(repeating: "a", count: 9000)), 414),
      (with(("a", String(repeating: "b", count: 16_000))), 200),
      (usual + (0..<101).map { ("a\($0)", "") }, 431),
    ]

    /// What no proxy may pass on is a broken stream (RFC 9113, section 8.1.1).
    @Test(arguments: Self.malformed)
    func `a malformed request is a broken stream, and the others go on`(fields: [(String, String)])
      async throws
    {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        try client.send(.request(1, fields), .get(3, "/sync"))
        #expect(try client.answer(1).reset == ErrorCode.protocolError)
        #expect(try client.answer(3).status == 200)
      }
    }

    @Test(arguments: Self.refused)
    func `what HTTP/1.1 refuses is refused here with the same status`(
      fields: [(String, String)], status: Int
    ) async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        let block = Frame.block(fields)
        let last = Frame(.headers, flags: Frame.endHeaders | Frame.endStream, stream: 1, block)
        try client.send(last, .get(3, "/sync"))
        #expect(try client.answer(1).status == status)
        #expect(try client.answer(3).status == 200)
      }
    }

    @Test func `a Host field in place of the authority, or equal to it, is as good`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        let host = [(":method", "GET"), (":scheme", "http"), (":path", "/sync"), ("host", "h")]
        try client.send(.request(1, host), .get(3, "/sync", [("host", "h")]))
        #expect(try client.answer(1).status == 200)
        #expect(try client.answer(3).status == 200)
      }
    }

    @Test func `fields beyond the limit of a head get 431, far beyond it end the connection`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        let block = Frame.block(Frame.fields("GET", "/sync") + [("a", String(repeating: "b", count: 20_000))])
        try client.send(
          Frame(.headers, flags: Frame.endStream, stream: 1, Array(block[..<16_000])),
          Frame(.continuation, flags: Frame.endHeaders, stream: 1, Array(block[16_000...])))
        let answer = try client.answer(1)
        #expect(answer.status == 431)
        #expect(answer.problemCode == "header_fields_too_large")
        // One byte for each repetition of a field in the table.
        let bomb =
          Frame.block(Frame.fields("GET", "/sync"))
          + [0x40, 1, 0x61, 127, 0xA1, 30] + [UInt8](repeating: 0x62, count: 4000)
          + [UInt8](repeating: 0xBE, count: 10_000)
        try client.send(Frame(.headers, flags: Frame.endHeaders | Frame.endStream, stream: 3, bomb))
        #expect(try client.readToEnd() == ErrorCode.enhanceYourCalm)
      }
    }

    @Test func `data beyond the announced length break the stream, and so do too few`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        try client.send(
          .post(1, "/echo", [("content-length", "2")]),
          Frame(.data, flags: Frame.endStream, stream: 1, [1, 2, 3]),
          .post(3, "/echo", [("content-length", "2")]), Frame(.data, flags: Frame.endStream, stream: 3, [1]),
          .get(5, "/sync"))
        #expect(try client.answer(1).reset == ErrorCode.protocolError)
        #expect(try client.answer(3).reset == ErrorCode.protocolError)
        #expect(try client.answer(5).status == 200)
      }
    }

    @Test func `a body too long is refused at once, and the rest of it thrown away, within bounds`()
      async throws
    {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        try client.send(.post(1, "/echo", [("content-length", "70000")]))
        #expect(try client.answer(1).status == 413)
        // Without a length it is noticed when it has come.
        let part = [UInt8](repeating: 0x20, count: 10_000)
        try client.send(.post(3, "/json"), Frame(.data, stream: 3, part))
        #expect(try client.answer(3).status == 413)
        // What follows counts for nothing, but a client may finish what it has begun.
        for _ in 1...5 { try client.send(Frame(.data, stream: 3, part)) }
        try client.read { client.windowUpdates[3] ?? 0 > 32_000 }
        try client.send(Frame(.data, flags: Frame.endStream, stream: 3, part))
        try client.send(.get(5, "/sync"), .post(7, "/json"))
        #expect(try client.answer(5).status == 200)
        var sent = 0
        while client.answers[7]?.reset == nil {
          try client.send(Frame(.data, stream: 7, part))
          sent += part.count
          if sent % 30_000 == 0 { try client.read { client.windowUpdates[0] ?? 0 >= sent } }
          #expect(sent <= 1_200_000)
          if sent > 1_200_000 { return }
        }
        #expect(client.answers[7]?.status == 413)
        #expect(client.answers[7]?.reset == ErrorCode.none)
        try client.send(.get(9, "/sync"))
        #expect(try client.answer(9).status == 200)
      }
    }

    @Test func `a body of exactly the limit is taken`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        let body = [UInt8](repeating: 0x61, count: 65_536)
        try client.send(.post(1, "/echo"))
        try client.send(
          Frame(.data, stream: 1, Array(body[..<16_384])), Frame(.data, stream: 1, Array(body[..<16_384])))
        try client.send(Frame(.data, stream: 1, Array(body[..<16_384])))
        try client.read { client.windowUpdates[1] ?? 0 >= 16_384 }
        try client.send(Frame(.data, flags: Frame.endStream, stream: 1, Array(body[..<16_384])))
        #expect(try client.answer(1).body == body)
      }
    }
  }
}

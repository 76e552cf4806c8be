// Requests over HTTP/2 get what they get over HTTP/1.1, from the same routes.
import TestSupport
import Testing

@testable import HTTPServer

extension OverSockets {
  struct HTTP2AnswersTests {
    @Test func `a request is answered, in small letters and without a word about the connection`()
      async throws
    {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        try client.send(.get(1, "/sync", [("x-request-id", "mine")]), .get(3, "/number/7"))
        let answer = try client.answer(1)
        #expect(answer.status == 200)
        #expect(answer.body == RoutesUnderTest.sync)
        #expect(answer["content-length"] == "11")
        #expect(answer["x-request-id"] == "mine")
        #expect(answer["date"]?.hasSuffix("GMT") == true)
        let unwanted: Set = ["connection", "keep-alive", "transfer-encoding"]
        #expect(unwanted.isDisjoint(with: answer.fields.map(\.name)))
        let second = try client.answer(3)
        #expect(second.text == "7")
        #expect(second["x-request-id"]?.count == 24)
        #expect(client.settings[3] == 128)
      }
    }

    @Test(arguments: [
      ("HEAD", "/big", 200), ("OPTIONS", "/sync", 204), ("OPTIONS", "*", 204), ("DELETE", "/sync", 405),
      ("GET", "/nothing", 404), ("GET", "/empty", 204), ("GET", "/problem", 403), ("BREW", "/sync", 405),
      ("GET", "/number/a%20b", 200), ("GET", "/number/%zz", 400),
    ])
    func `an answer says the same over both versions`(method: String, path: String, status: Int) async throws
    {
      try await ServerUnderTest.running { server in
        let old = try RawClient(server)
        try old.send("\(method) \(path) HTTP/1.1\r\nHost: h\r\nX-Request-Id: same\r\n\r\n")
        let expected = try old.answer(isBodyless: method == "HEAD")
        let client = try FrameClient(server)
        try client.send(Frame.request(1, Frame.fields(method, path) + [("x-request-id", "same")]))
        let answer = try client.answer(1)
        #expect(answer.status == status)
        #expect(expected.status == status)
        #expect(answer.body == expected.body)
        for name in ["content-length", "content-type", "allow", "x-request-id"] {
          #expect(answer[name] == expected[name], "\(name)")
        }
      }
    }

    @Test func `what is not acceptable or of another type is refused, and the connection goes on`()
      async throws
    {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        try client.send(.get(1, "/sync", [("accept", "text/csv")]))
        #expect(try client.answer(1).status == 406)
        let isText = Frame.fields("POST", "/json") + [("content-type", "text/plain")]
        try client.send(
          .request(3, isText, endsStream: false), Frame(.data, flags: Frame.endStream, stream: 3, [0x78]))
        #expect(try client.answer(3).status == 415)
        try client.send(.get(5, "/sync"))
        #expect(try client.answer(5).status == 200)
      }
    }

    @Test func `bodies arrive, with and without a length, padded, with trailers`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        let body = [UInt8](repeating: 0x62, count: 40_000)
        try client.send(.post(1, "/echo", [("content-length", "40000")]))
        for start in stride(from: 0, to: 40_000, by: 10_000) {
          let flags = start == 30_000 ? Frame.endStream : 0
          try client.send(Frame(.data, flags: flags, stream: 1, Array(body[start..<(start + 10_000)])))
        }
        #expect(try client.answer(1).body == body)
        try client.send(.post(3, "/echo"), Frame(.data, flags: 8, stream: 3, [2, 0x61, 0x62, 0, 0]))
        let trailer = Frame(
          .headers, flags: Frame.endHeaders | Frame.endStream, stream: 3, Frame.block([("checksum", "1")]))
        try client.send(trailer)
        #expect(try client.answer(3).text == "ab")
      }
    }

    @Test func `who asks first is told to go on, or why not`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        try client.send(.post(1, "/echo", [("expect", "100-continue")]))
        try client.read { client.continues == 1 }
        try client.send(Frame(.data, flags: Frame.endStream, stream: 1, [0x61]))
        #expect(try client.answer(1).text == "a")
        try client.send(
          .request(3, Frame.fields("POST", "/nothing") + [("expect", "100-continue")], endsStream: false))
        #expect(try client.answer(3).status == 404)
        #expect(client.continues == 1)
        try client.send(.post(5, "/echo", [("expect", "wonders")]))
        #expect(try client.answer(5).status == 417)
      }
    }

    @Test func `many streams at once are each answered by themselves`() async throws {
      try await ServerUnderTest.running(workers: 2) { server in
        let client = try FrameClient(server)
        var stream: UInt32 = 1
        for _ in 0..<5 {
          let streams = (0..<100).map { stream + 2 * UInt32($0) }
          stream += 200
          try client.send(streams.map { .get($0, $0 % 3 == 0 ? "/number/\($0)" : "/sleep/\($0)") })
          for stream in streams { #expect(try client.answer(stream).text == "\(stream)") }
        }
      }
    }

    @Test func `a slow handler holds up nobody else`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        try client.send(.get(1, "/gate"), .get(3, "/sync"))
        #expect(server.routes.gate.waitForArrival())
        #expect(try client.answer(3).status == 200)
        server.routes.gate.open()
        #expect(try client.answer(1).status == 200)
      }
    }

    @Test func `a streamed body arrives whole, a broken one is reset`() async throws {
      try await ServerUnderTest.running { server in
        let client = try FrameClient(server)
        try client.send(.get(1, "/lines/20000"), .get(3, "/broken"), .get(5, "/lines/3"))
        let whole = try client.answer(1)
        #expect(whole.body.count == 20_000 * RoutesUnderTest.line.count)
        #expect(whole["content-length"] == nil)
        #expect(try client.answer(3).reset == 2)
        #expect(try client.answer(5).body.count == 3 * RoutesUnderTest.line.count)
      }
    }

    @Test func `the preface may come in pieces, and what only begins like it is HTTP/1`() async throws {
      try await ServerUnderTest.running { server in
        let bytes = HTTP2Preface.bytes + Frame.settings().bytes + Frame.get(1, "/sync").bytes
        for cut in 1..<HTTP2Preface.bytes.count {
          let client = try RawClient(server)
          try client.send(bytes, cutAt: [cut])
          #expect(try client.take(4)[3] == 4, "cut at \(cut)")
        }
        for end in 1..<HTTP2Preface.bytes.count {
          let client = try RawClient(server)
          try client.send(Array(HTTP2Preface.bytes[..<end]))
          try client.send("\u{1}")
          client.finishSending()
          let answer = try client.answer()
          #expect(answer.version == "HTTP/1.1")
          #expect([400, 505].contains(answer.status), "\(answer.status) at \(end)")
        }
        let client = try RawClient(server)
        try client.send("P")
        try client.send("OST /ignoring HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")
        #expect(try client.answer().status == 200)
      }
    }
  }
}

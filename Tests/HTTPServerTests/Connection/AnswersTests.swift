// What each kind of request gets, seen from outside.
import TestSupport
import Testing

@testable import HTTPServer

extension OverSockets {
  struct AnswersTests {
    struct Case: Sendable, CustomTestStringConvertible {
      let request: String
      let status: Int
      var code: String?
      var closes = false
      var testDescription: String { String(request.prefix { $0 != "\r\n" }.prefix(60)) + " \(status)" }
    }

    private static let chunkedHead = "POST /json HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
    private static let isJSON = "Content-Type: application/json"

    static let cases = [
      Case(request: get("/sync"), status: 200),
      Case(request: get("/sync", "Connection: close"), status: 200, closes: true),
      Case(request: get("/sync", "Accept: text/html, application/*;q=0.5"), status: 200),
      Case(request: get("/empty"), status: 204),
      Case(request: get("/problem"), status: 403, code: "forbidden"),
      Case(request: get("/nothing"), status: 404, code: "not_found"),
      Case(request: post("/nothing", "a body nobody wants"), status: 404, code: "not_found"),
      Case(request: post("/sync", "a body"), status: 405, code: "method_not_allowed"),
      Case(request: get("/sync", "Accept: text/html"), status: 406, code: "not_acceptable"),
      Case(request: get("/either", "Accept: text/html"), status: 406, code: "not_acceptable"),
      Case(request: get("/either", "Accept: text/csv"), status: 200),
      Case(request: post("/json", "{}", isJSON), status: 200),
      Case(request: post("/json", "{}", isJSON + "; charset=utf-8"), status: 200),
      Case(request: post("/json", "{}"), status: 415, code: "unsupported_media_type"),
      Case(request: post("/json", ""), status: 200),
      Case(
        request: post("/json", "{}", "Content-Type: text/plain"), status: 415,
        code: "unsupported_media_type"),
      Case(
        request: chunkedHead + isJSON + "\r\n\r\n2\r\n{}\r\n0\r\n\r\n", status: 200),
      Case(
        request: "POST /json HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\(isJSON)\r\n\r\n", status: 413,
        code: "payload_too_large", closes: true),
      Case(
        request: chunkedHead + isJSON + "\r\n\r\n3e9\r\n", status: 413, code: "payload_too_large",
        closes: true),
      Case(
        request: chunkedHead + isJSON + "\r\n\r\n3e8\r\n" + String(repeating: " ", count: 1000) + "\r\n1\r\n",
        status: 413, code: "payload_too_large", closes: true),
      Case(
        request: get("/" + String(repeating: "a", count: 9000)), status: 414, code: "uri_too_long",
        closes: true),
      Case(
        request: get("/sync", "A: " + String(repeating: "a", count: 17_000)), status: 431,
        code: "header_fields_too_large", closes: true),
      Case(
        request: "GET /sync HTTP/1.1\r\nHost: h\r\n" + String(repeating: "A: b\r\n", count: 100) + "\r\n",
        status: 431, code: "header_fields_too_large", closes: true),
      Case(request: get("/sync", "Expect: tea"), status: 417, code: "expectation_failed", closes: true),
      Case(request: "GET /sync HTTP/1.0\r\n\r\n", status: 200, closes: true),
      Case(
        request: "GET /sync HTTP/1.0\r\nAccept: text/html\r\n\r\n", status: 406, code: "not_acceptable",
        closes: true),
      Case(request: "GET /sync HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", status: 200),
    ]

    @Test(arguments: cases)
    func `a request gets its status, its code, and the connection it may keep`(request: Case) async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        try client.send(request.request + get("/number/7"))
        let answer = try client.answer()
        #expect(answer.status == request.status)
        #expect(answer.problemCode == request.code)
        #expect((answer["connection"] == "close") == request.closes)
        #expect(answer["date"]?.hasSuffix(" GMT") == true)
        if request.closes {
          #expect(try client.isAtEnd())
        } else {
          #expect(try client.answer().text == "7")
        }
      }
    }

    @Test func `an endpoint takes no more than the server does`() async throws {
      var limits = ServerLimits.brief
      limits.request.body = 500
      try await ServerUnderTest.running(limits: limits) { server in
        for (length, status) in [(500, 200), (501, 413)] {
          let client = try RawClient(server)
          try client.send(
            post("/json", String(repeating: " ", count: length), "Content-Type: application/json"))
          #expect(try client.answer().status == status)
        }
      }
    }

    @Test func `an endpoint with two media types answers with the one the caller prefers`() async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        for (accept, type) in [
          (nil, "application/json"), ("*/*", "application/json"), ("text/csv", "text/csv"),
          ("text/csv, application/json", "application/json"),
          ("text/csv, application/json;q=0.9", "text/csv"),
        ] {
          try client.send(accept.map { get("/either", "Accept: \($0)") } ?? get("/either"))
          #expect(try client.answer()["content-type"] == type)
        }
        try client.send(get("/either", "Accept: text/html"))
        #expect(try client.answer().text.contains("only given as application/json or text/csv."))
      }
    }

    @Test func `a body comes back as it was sent, by length and in chunks of any cut`() async throws {
      var generator = SeededGenerator.forThisRun()
      let body = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let sizes = (0..<50).map { _ in Int.random(in: 1...100, using: &generator) }
      let head = "POST /echo HTTP/1.1\r\nHost: h\r\n\(Self.isJSON)\r\n"
      var bytes = Array((head + "Content-Length: \(body.count)\r\n\r\n").utf8) + body
      bytes += Array((head + "Transfer-Encoding: chunked\r\n\r\n").utf8)
      var rest = body[...]
      for size in sizes + [body.count] where !rest.isEmpty {
        let chunk = rest.prefix(size)
        rest = rest.dropFirst(chunk.count)
        bytes += Array((String(chunk.count, radix: 16) + "\r\n").utf8) + chunk + [0x0D, 0x0A]
      }
      bytes += Array("0\r\n\r\n".utf8)
      let deliveries = [[], Array(1..<bytes.count)] + (0..<10).map { _ in generator.cuts(of: bytes.count) }
      let (sent, seed) = (bytes, generator.seed)
      try await ServerUnderTest.running { server in
        for cuts in deliveries {
          let client = try RawClient(server)
          try client.send(sent, cutAt: cuts)
          #expect(try client.answer().body == body, "seed \(seed)")
          #expect(try client.answer().body == body, "seed \(seed)")
        }
      }
    }

    @Test func `HEAD gets the head of GET and no body`() async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        let headOf = { (path: String) in "HEAD \(path) HTTP/1.1\r\nHost: h\r\n\r\n" }
        try client.send(headOf("/sync") + headOf("/nothing") + headOf("/lines/9") + get("/number/7"))
        let sync = try client.answer(isBodyless: true)
        #expect(sync.status == 200)
        #expect(sync["content-length"] == "\(RoutesUnderTest.sync.count)")
        #expect(try client.answer(isBodyless: true).status == 404)
        #expect(try client.answer(isBodyless: true)["transfer-encoding"] == "chunked")
        #expect(try client.answer().text == "7")
        let hasProduced = server.routes.streamedBytes > 0
        #expect(!hasProduced)
      }
    }

    @Test func `OPTIONS and a wrong method tell what the path takes`() async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        try client.send("OPTIONS /sync HTTP/1.1\r\nHost: h\r\n\r\n" + post("/sync", ""))
        try client.send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n" + "BREW /sync HTTP/1.1\r\nHost: h\r\n\r\n")
        let options = try client.answer()
        #expect(options.status == 204)
        #expect(options["allow"] == "GET, HEAD, OPTIONS")
        let refusal = try client.answer()
        #expect(refusal.status == 405)
        #expect(refusal["allow"] == "GET, HEAD, OPTIONS")
        #expect(try client.answer()["allow"] == "GET, HEAD, POST, OPTIONS")
        #expect(try client.answer().status == 405)
      }
    }

    @Test func `a client that asks first is told to go on, and then answered`() async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        for _ in 0..<2 {
          try client.send(
            "POST /echo HTTP/1.1\r\nHost: h\r\n\(Self.isJSON)\r\n"
              + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n")
          #expect(try client.answer().status == 100)
          try client.send("ab")
          #expect(try client.answer().text == "ab")
        }
        // Whoever does not wait needs no leave.
        try client.send(post("/echo", "cd", Self.isJSON, "Expect: 100-continue"))
        #expect(try client.answer().text == "cd")
      }
    }

    @Test func `a route that takes more than the server is held to what the server takes`() async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        let most = ServerLimits.brief.request.body
        let body = String(repeating: " ", count: most)
        try client.send(post("/large", body, Self.isJSON))
        #expect(try client.answer().body.count == most)
        try client.send(post("/large", body + " ", Self.isJSON))
        #expect(try client.answer().status == 413)
      }
    }

    @Test(arguments: [
      "Content-Length: 5000000", "Content-Length: 5\r\nExpect: 100-continue", "Transfer-Encoding: chunked",
    ])
    func `a body that its sender may not send is refused before it comes`(announcement: String) async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        let head = "POST /checked HTTP/1.1\r\nHost: h\r\n\(announcement)\r\n"
        try client.send("\(head)\r\n")
        let answer = try client.answer()
        #expect(answer.status == 403 && answer.problemCode == "forbidden")
        #expect(answer["connection"] == "close")
        // What is sent all the same is not taken for a request.
        try client.send(get("/sync"))
        #expect(try client.isAtEnd())
      }
    }

    @Test func `whoever may send a body has it read, and who sends none is judged by the handler`()
      async throws
    {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        try client.send(post("/checked", "[1]", Self.isJSON, "Authorization: me"))
        #expect(try client.answer().text == "[1]")
        try client.send(post("/checked", "", Self.isJSON))
        #expect(try client.answer().status == 200)
      }
    }

    @Test(arguments: [
      ("/ignoring", 1_000_000, 413), ("/nothing", 2, 404), ("/sync", 2, 405), ("/json", 2, 415),
      ("/nothing", 1_000_000, 404), ("/json", 1_000_000, 415),
    ])
    func `a client that asks first and may not is told so at once`(path: String, length: Int, status: Int)
      async throws
    {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        try client.send(
          "POST \(path) HTTP/1.1\r\nHost: h\r\nContent-Length: \(length)\r\nExpect: 100-continue\r\n\r\n")
        let answer = try client.answer()
        #expect(answer.status == status)
        #expect(answer["connection"] == "close")
        // A client that sends its body all the same does not lose the answer, and is not taken for a request.
        try client.send(get("/sync"))
        #expect(try client.isAtEnd())
      }
    }
  }
}

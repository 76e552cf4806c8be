// Bodies that nobody will look at: the server does not keep them, and the answer, which is known without
// them, reaches the client whether it sends them or not.
import Testing

@testable import HTTPServer

extension OverSockets {
  struct UnwantedBodiesTests {
    private static let isJSON = "Content-Type: application/json"

    /// Paths, fields and the status that refuses them by their head.
    static let refusals = [
      ("/nothing", isJSON, 404), ("/sync", isJSON, 405), ("/json", "Accept: text/html", 406),
      ("/json", "Content-Type: text/plain", 415),
    ]

    @Test(arguments: refusals, ["Content-Length: 2000000", "Transfer-Encoding: chunked"])
    func `a long body is not waited for when the head was refused, nor does the answer get lost`(
      refusal: (path: String, field: String, status: Int), framing: String
    ) async throws {
      var limits = ServerLimits.brief
      limits.request.body = 4_000_000
      try await ServerUnderTest.running(limits: limits) { server in
        let head = "POST \(refusal.path) HTTP/1.1\r\nHost: h\r\n\(refusal.field)\r\n\(framing)\r\n\r\n"
        let chunk = framing.hasPrefix("T") ? "1e8480\r\n" : ""
        // Of one client nothing comes but the head; the other sends all before it reads.
        for body in ["", String(repeating: "b", count: 2_000_000)] {
          let client = try RawClient(server)
          try client.send(head + chunk + body)
          let answer = try client.answer()
          #expect(answer.status == refusal.status)
          #expect(answer["connection"] == "close")
          client.finishSending()
          #expect(try client.isAtEnd())
        }
      }
    }

    @Test(arguments: refusals + [("/ignoring", "A: b", 200)])
    func `a short body that nobody wants is read past, and the connection goes on`(
      path: String, field: String, status: Int
    ) async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        let body = get("/number/1")
        try client.send(post(path, body, field) + get("/number/2"))
        let chunk = "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
        let head = "POST \(path) HTTP/1.1\r\nHost: h\r\n\(field)\r\nTransfer-Encoding: chunked\r\n\r\n"
        try client.send(head + chunk + get("/number/3"))
        for number in [2, 3] {
          let answer = try client.answer()
          #expect(answer.status == status)
          if status == 200 { #expect(answer.body == RoutesUnderTest.sync) }
          #expect(try client.answer().text == "\(number)")
        }
      }
    }
  }
}

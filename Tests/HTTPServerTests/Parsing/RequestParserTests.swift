// Ordinary requests, one test for each thing that the standard allows them.
import Testing

@testable import HTTPServer

struct RequestParserTests {
  private func one(_ text: String) throws -> SeenRequest {
    var delivery = Delivery()
    let outcomes = delivery.whole(text)
    #expect(delivery.byteByByte(Array(text.utf8)) == outcomes)
    guard outcomes.count == 1, case .request(let request) = outcomes[0] else {
      Issue.record("Not one request: \(outcomes)")
      throw Unexpected()
    }
    return request
  }

  private struct Unexpected: Error {}

  @Test func `a plain request`() throws {
    #expect(try one("GET /health HTTP/1.1\r\nHost: h\r\n\r\n") == SeenRequest("GET", "/health"))
  }

  @Test func `blanks around values do not belong to them`() throws {
    let request = try one("GET / HTTP/1.1\r\nHost: \t h \t\r\nA:\r\nB: \t\r\nC: d \t e\r\n\r\n")
    #expect(request.fields == ["Host: h", "A: ", "B: ", "C: d \t e"])
  }

  @Test func `one empty line before a request is skipped`() throws {
    #expect(try one("\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n") == SeenRequest("GET", "/"))
  }

  @Test func `an empty line may stand before each request`() {
    var delivery = Delivery()
    let text = "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"
    #expect(delivery.whole(text + text).count == 2)
  }

  @Test func `a query is divided from the path at the first question mark`() throws {
    let request = try one("GET /a?b=c?d HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(request.path == "/a")
    #expect(request.query == "b=c?d")
  }

  @Test func `the authority of a URL replaces Host`() throws {
    let request = try one("GET HTTP://other:81/a?b HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(request.authority == "other:81")
    #expect(request.path == "/a")
    #expect(request.query == "b")
    #expect(try one("GET https://other?b HTTP/1.1\r\nHost: h\r\n\r\n").path == "")
  }

  @Test(arguments: [
    "h", "example.com", "example.com:8080", "127.0.0.1:0", "[::1]", "[::1]:443", "h:", "a_b", "%41",
  ])
  func `hosts that are names or addresses pass`(host: String) throws {
    #expect(try one("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n").authority == host)
  }

  @Test func `OPTIONS may ask for the whole server`() throws {
    #expect(try one("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").path == "*")
  }

  @Test func `an unknown method is read and named`() throws {
    #expect(try one("M-SEARCH / HTTP/1.1\r\nHost: h\r\n\r\n").method == "M-SEARCH")
    #expect(try one("get / HTTP/1.1\r\nHost: h\r\n\r\n").method == "get")
  }

  @Test func `a body of a length`() throws {
    let request = try one("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\na\nb")
    #expect(request.framing == .length(3))
    #expect(request.body == Array("a\nb".utf8))
  }

  @Test func `a body of chunks with extensions and trailers`() throws {
    let request = try one(
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n"
        + "3;a;b=c;d=\"e\\\"\t;\"\r\nabc\r\n00B;x=\"\"\r\n0123456789\r\r\n0\r\nA: b\r\n\r\n")
    #expect(request.framing == .chunked)
    #expect(request.body == Array("abc0123456789\r".utf8))
  }

  @Test(arguments: [
    ("HTTP/1.1", "", true), ("HTTP/1.1", "close", false), ("HTTP/1.1", "a, Close", false),
    ("HTTP/1.1", "keep-alive", true), ("HTTP/1.1", "keep-alive ,close", false), ("HTTP/1.1", "closed", true),
    ("HTTP/1.0", "", false), ("HTTP/1.0", "Keep-Alive", true), ("HTTP/1.0", "keep-alive, close", false),
    ("HTTP/1.1", ",,\t,close,", false),
  ])
  func `a connection is kept as asked`(version: String, connection: String, kept: Bool) throws {
    let text = "GET / \(version)\r\nHost: h\r\nConnection: \(connection)\r\n\r\n"
    #expect(try one(text).keepAlive == kept)
  }

  @Test func `HTTP 1.0 needs no Host`() throws {
    let request = try one("GET / HTTP/1.0\r\n\r\n")
    #expect(request.version == .http10)
    #expect(request.authority == "")
  }

  @Test(arguments: [
    ("HTTP/1.1", "Content-Length: 0", false), ("HTTP/1.1", "A: b", false),
    ("HTTP/1.0", "Content-Length: 0", false),
  ])
  func `an expectation without a body asks for nothing`(version: String, field: String, expects: Bool) throws
  {
    let text = "POST / \(version)\r\nHost: h\r\nExpect: 100-continue\r\n\(field)\r\n\r\n"
    #expect(try one(text).expectsContinue == expects)
  }

  @Test func `an expectation with a body waits, but not on HTTP 1.0`() throws {
    let fields = "Host: h\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\nb"
    #expect(try one("POST / HTTP/1.1\r\n" + fields).expectsContinue)
    #expect(try !one("POST / HTTP/1.0\r\n" + fields).expectsContinue)
    #expect(try !one("POST / HTTP/1.0\r\nExpect: tea\r\n\r\n").expectsContinue)
  }

  @Test func `pipelined requests come one after the other`() {
    let text =
      "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n"
      + "POST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab"
      + "POST /3 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nc\r\n0\r\n\r\n"
      + "GET /4 HTTP/1.1\r\nHost: h\r\n\r\n"
    var delivery = Delivery()
    let whole = delivery.whole(text)
    let paths = whole.map { if case .request(let request) = $0 { request.path } else { "?" } }
    #expect(paths == ["/1", "/2", "/3", "/4"])
    #expect(delivery.byteByByte(Array(text.utf8)) == whole)
  }

  @Test func `bytes behind a request are left alone`() {
    let first = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab"
    let bytes = Array((first + "GET").utf8)
    var parser = RequestParser()
    var offset = 0
    _ = parser.consume(bytes.span, from: &offset)
    #expect(offset == first.utf8.count - 2)
    let isIdle = parser.isIdle
    #expect(!isIdle)
    _ = parser.consume(bytes.span, from: &offset)
    #expect(offset == first.utf8.count)
    let isIdleAgain = parser.isIdle
    #expect(isIdleAgain)
  }

  @Test func `an unfinished request is unfinished wherever it ends`() {
    let bytes = Array(
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;a=\"b\"\r\nabc\r\n0\r\nA: b\r\n\r\n"
        .utf8)
    for end in 1..<bytes.count {
      var delivery = Delivery()
      let outcomes = delivery.outcomes(of: Array(bytes[..<end]), cutAt: [])
      #expect(outcomes.last == .unfinished)
    }
  }
}

// Each limit lets through what is just within it, refuses what is not, and bounds the memory held.
import TestSupport
import Testing

@testable import HTTPServer

struct RequestLimitTests {
  private static let small: RequestLimits = {
    var limits = RequestLimits()
    limits.requestLine = 64
    limits.head = 256
    limits.fieldCount = 4
    limits.body = 100
    limits.chunkExtensions = 10
    limits.trailers = 40
    return limits
  }()

  private static let chunked = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"

  private func expect(_ text: String, _ failure: ParseFailure?) {
    var generator = SeededGenerator.forThisRun()
    var delivery = Delivery(limits: Self.small)
    let whole = delivery.whole(text)
    if let failure {
      #expect(whole.last == .failed(failure))
    } else if case .request = whole.last, whole.count == 1 {
    } else {
      Issue.record("Refused within its limits: \(whole)")
    }
    let bytes = Array(text.utf8)
    #expect(delivery.byteByByte(bytes) == whole)
    for _ in 0..<50 {
      let cuts = generator.cuts(of: bytes.count)
      #expect(delivery.outcomes(of: bytes, cutAt: cuts) == whole, "seed \(generator.seed), cut at \(cuts)")
    }
  }

  /// A request line of exactly so many bytes, its line end included.
  private func requestLine(_ count: Int) -> String {
    "GET /" + String(repeating: "a", count: count - 16) + " HTTP/1.1\r\n"
  }

  @Test func `a request line may be as long as its limit and no longer`() {
    expect(requestLine(64) + "Host: h\r\n\r\n", nil)
    expect(requestLine(65) + "Host: h\r\n\r\n", .requestLineTooLong)
    expect(requestLine(1000) + "Host: h\r\n\r\n", .requestLineTooLong)
  }

  @Test func `an endless target is refused without waiting for its end`() {
    expect("GET /" + String(repeating: "a", count: 60), .requestLineTooLong)
  }

  @Test func `a head may be as long as its limit and no longer`() {
    let start = "GET / HTTP/1.1\r\nHost: h\r\nA: "
    let room = 256 - start.utf8.count - 4
    expect(start + String(repeating: "a", count: room) + "\r\n\r\n", nil)
    expect(start + String(repeating: "a", count: room + 1) + "\r\n\r\n", .headTooLong)
    expect(start + String(repeating: "a", count: 900), .headTooLong)
  }

  @Test func `fields are counted`() {
    let start = "GET / HTTP/1.1\r\nHost: h\r\n"
    expect(start + "A: b\r\nA: b\r\nA: b\r\n\r\n", nil)
    expect(start + "A: b\r\nA: b\r\nA: b\r\nA: b\r\n\r\n", .tooManyFields)
  }

  @Test func `a body may be as long as its limit and no longer`() {
    let start = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: "
    expect(start + "100\r\n\r\n" + String(repeating: "b", count: 100), nil)
    expect(start + "101\r\n\r\n" + String(repeating: "b", count: 101), .bodyTooLong)
  }

  @Test func `a body too long is refused before any of it came`() {
    expect("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n", .bodyTooLong)
    expect(Self.chunked + "65\r", .bodyTooLong)
  }

  @Test func `chunks are added up`() {
    let chunk = "32\r\n" + String(repeating: "b", count: 50) + "\r\n"
    expect(Self.chunked + chunk + chunk + "0\r\n\r\n", nil)
    expect(Self.chunked + chunk + chunk + "1\r\nb\r\n0\r\n\r\n", .bodyTooLong)
  }

  @Test func `chunk extensions are added up`() {
    expect(Self.chunked + "1;a=bc\r\nb\r\n0;def\r\n\r\n", nil)
    expect(Self.chunked + "1;a=bc\r\nb\r\n0;defghi\r\n\r\n", .chunkExtensionsTooLong)
  }

  @Test func `trailers are limited`() {
    expect(Self.chunked + "0\r\nA: " + String(repeating: "a", count: 33) + "\r\n\r\n", nil)
    expect(Self.chunked + "0\r\nA: " + String(repeating: "a", count: 34) + "\r\n\r\n", .trailersTooLong)
    expect(Self.chunked + "0\r\nA: b\r\nA: b\r\nA: b\r\nA: b\r\nA: b\r\n\r\n", .tooManyFields)
  }

  @Test func `a route may allow a longer or a shorter body`() {
    let text =
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 150\r\n\r\n" + String(repeating: "b", count: 150)
    var generous = Delivery(limits: Self.small, bodyLimit: 150)
    #expect(generous.whole(text).count == 1)
    #expect(generous.whole(text).last != .failed(.bodyTooLong))
    var strict = Delivery(limits: Self.small, bodyLimit: 149)
    #expect(strict.whole(text) == [.headOnly, .failed(.bodyTooLong)])
  }

  @Test func `the limit of one route does not reach the next request`() {
    var parser = RequestParser(limits: Self.small)
    let bytes = Array("GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
    var offset = 0
    _ = parser.consume(bytes.span, from: &offset)
    parser.bodyLimit = 5
    _ = parser.consume(bytes.span, from: &offset)
    _ = parser.consume(bytes.span, from: &offset)
    let bodyLimit = parser.bodyLimit
    #expect(bodyLimit == 100)
  }

  @Test func `what is held stays within the limits`() {
    var delivery = Delivery()
    let head = "POST / HTTP/1.1\r\nHost: h\r\nA: " + String(repeating: "a", count: 16_000)
    _ = delivery.byteByByte(Array(head.utf8))
    #expect(delivery.bytesHeldMax <= 16 * 1024 + 100 * 8 + 64)
    delivery = Delivery(bodyLimit: 50_000)
    _ = delivery.byteByByte(Array((Self.chunked + "c350\r\n" + String(repeating: "b", count: 49_999)).utf8))
    #expect((49_999...50_100).contains(delivery.bytesHeldMax))
  }

  @Test func `a body nobody wants is read past, held to its limit, and costs nothing`() {
    let body = String(repeating: "b", count: 50_000)
    let framed = [
      "Content-Length: 50000\r\n\r\n" + body,
      "Transfer-Encoding: chunked\r\n\r\nc350\r\n\(body)\r\n0\r\n\r\n",
    ]
    for rest in framed {
      let bytes = Array(
        ("POST / HTTP/1.1\r\nHost: h\r\n" + rest + "GET /next HTTP/1.1\r\nHost: h\r\n\r\n").utf8)
      var delivery = Delivery(bodyLimit: 50_000, keepsBody: false)
      let outcomes = delivery.byteByByte(bytes)
      #expect(outcomes.count == 2)
      guard case .request(let first) = outcomes.first else { return #expect(Bool(false), "\(outcomes)") }
      #expect(first.body.isEmpty)
      #expect(delivery.bytesHeldMax < 1024)
      var strict = Delivery(bodyLimit: 49_999, keepsBody: false)
      #expect(strict.byteByByte(bytes) == [.headOnly, .failed(.bodyTooLong)])
    }
  }

  @Test func `an announced body costs nothing before it comes`() {
    var delivery = Delivery()
    _ = delivery.whole("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nabc")
    #expect(delivery.bytesHeldMax < 1024)
  }

  @Test func `nothing is held between requests`() {
    var parser = RequestParser()
    let bytes = Array("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc".utf8)
    for byte in bytes {
      var offset = 0
      let piece = [byte]
      while true {
        if case .needMore = parser.consume(piece.span, from: &offset) { break }
      }
    }
    let isIdle = parser.isIdle
    #expect(isIdle)
    let bytesHeld = parser.bytesHeld
    #expect(bytesHeld == 0)
  }
}

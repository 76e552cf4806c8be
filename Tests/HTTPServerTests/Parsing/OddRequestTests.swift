// Every odd request is refused for its own reason, wherever it is cut.
import TestSupport
import Testing

@testable import HTTPServer

struct OddRequestTests {
  @Test(arguments: OddRequest.all)
  func `an odd request is refused, however it is cut`(odd: OddRequest) {
    var generator = SeededGenerator.forThisRun()
    var delivery = Delivery()
    let whole = delivery.outcomes(of: odd.bytes, cutAt: [])
    #expect(whole.last == .failed(odd.failure), "\(odd.what)")
    #expect(delivery.byteByByte(odd.bytes) == whole)
    for _ in 0..<20 {
      let cuts = generator.cuts(of: odd.bytes.count)
      #expect(
        delivery.outcomes(of: odd.bytes, cutAt: cuts) == whole, "seed \(generator.seed), cut at \(cuts)")
    }
  }

  @Test(arguments: OddRequest.all)
  func `a request behind an odd one is never seen`(odd: OddRequest) {
    var delivery = Delivery()
    let outcomes = delivery.outcomes(
      of: odd.bytes + Array("GET /next HTTP/1.1\r\nHost: h\r\n\r\n".utf8), cutAt: [])
    #expect(outcomes.last == .failed(odd.failure))
    #expect(!outcomes.contains { if case .request = $0 { true } else { false } })
  }

  @Test(arguments: OddRequest.all.filter { $0.failure == .bareLineFeed })
  func `a bare line feed is refused when it is seen`(odd: OddRequest) throws {
    let first = try #require(
      odd.bytes.indices.first { odd.bytes[$0] == 0x0A && ($0 == 0 || odd.bytes[$0 - 1] != 0x0D) })
    var delivery = Delivery()
    _ = delivery.byteByByte(odd.bytes)
    #expect(delivery.bytesBeforeFailure == first + 1)
  }

  @Test func `a failed parser stays failed`() {
    var parser = RequestParser()
    for _ in 0..<2 {
      let bytes = Array("GET / HTTP/1.1\nHost: h\r\n\r\n".utf8)
      var offset = 0
      guard case .failed(.bareLineFeed) = parser.consume(bytes.span, from: &offset) else {
        Issue.record("The failure was forgotten.")
        return
      }
    }
    let bytesHeld = parser.bytesHeld
    #expect(bytesHeld == 0)
  }

  @Test func `every failure has a sentence and a status of its class`() {
    for failure in ParseFailure.allCases {
      #expect(failure.sentence.hasSuffix("."))
      let isRefusal = (400...431).contains(failure.problemCode.status.code)
      #expect(isRefusal || [501, 505].contains(failure.problemCode.status.code))
    }
  }

  @Test func `every failure is reached by an odd request or a limit`() {
    let limits: [ParseFailure] = [
      .requestLineTooLong, .headTooLong, .tooManyFields, .chunkExtensionsTooLong, .trailersTooLong,
    ]
    let overHTTP2: [ParseFailure] = [.blankAroundValue, .authorityDiffers]
    let reached = Set(OddRequest.all.map { $0.failure } + limits + overHTTP2)
    #expect(reached == Set(ParseFailure.allCases))
  }
}

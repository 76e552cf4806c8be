// Answers right and wrong, in every way they can be cut.
import TestSupport
import Testing

@testable import PointsClient

struct AnswerParserTests {
  private func read(_ pieces: [ArraySlice<UInt8>], limits: AnswerLimits = AnswerLimits())
    -> AnswerParser.Progress
  {
    var parser = AnswerParser(limits: limits)
    for (index, piece) in pieces.enumerated() {
      let progress = parser.read(Array(piece).span)
      if progress != .more {
        return index == pieces.count - 1 ? progress : .malformed("complete too early")
      }
    }
    return .more
  }

  private func read(_ text: String, limits: AnswerLimits = AnswerLimits()) -> AnswerParser.Progress {
    read([Array(text.utf8)[...]], limits: limits)
  }

  private func isMalformed(_ text: String, limits: AnswerLimits = AnswerLimits()) -> Bool {
    if case .malformed = read(text, limits: limits) { true } else { false }
  }

  private static let plain = """
    HTTP/1.1 201 Created\r\nContent-Length: 5\r\nX-Request-Id: r-1\r\nRETRY-AFTER: 7 \r\n\
    Idempotent-Replayed: true\r\n\r\nhello
    """
  private static let chunked = """
    HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n\
    2\r\nhe\r\n03;a=b\r\nllo\r\n0\r\nTrailer: x\r\n\r\n
    """

  @Test func `an answer with a length is read with what its head says`() {
    let answer = Answer(
      status: 201, isReplayed: true, retryAfter: .seconds(7), requestID: "r-1", body: Array("hello".utf8))
    #expect(read(Self.plain) == .complete(answer, mayStay: true))
  }

  @Test(arguments: [plain, chunked])
  func `an answer is the same in two pieces cut anywhere`(text: String) {
    let bytes = Array(text.utf8)
    let whole = read([bytes[...]])
    guard case .complete(let answer, mayStay: true) = whole else {
      Issue.record("not complete: \(whole)")
      return
    }
    #expect(answer.body == Array("hello".utf8))
    for cut in 1..<bytes.count { #expect(read([bytes[..<cut], bytes[cut...]]) == whole, "cut at \(cut)") }
  }

  @Test func `an answer is the same byte by byte`() {
    let bytes = Array(Self.chunked.utf8)
    #expect(read(bytes.indices.map { bytes[$0...$0] }) == read([bytes[...]]))
  }

  @Test(arguments: [204, 304])
  func `an answer that has no body ends with its head`(status: Int) {
    let progress = read("HTTP/1.1 \(status)\r\n\r\n")
    #expect(progress == .complete(Answer(status: status), mayStay: true))
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: foo , Close\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nH",
  ])
  func `a connection that is to close or says too much does not stay`(text: String) {
    #expect(read(text) == .complete(Answer(status: 200), mayStay: false))
  }

  @Test(arguments: [
    "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 099 OK\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 200OK\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 101 Switching\r\n\r\n",
    "hello\r\n\r\n",
    "\r\n\r\n",
    "HTTP/1.1 200 OK\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
    "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\nx",
    "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx",
    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
    "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\nx",
    "HTTP/1.1 200 OK\r\nContent-Length: 16777217\r\n\r\nx",
    "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\nx",
    "HTTP/1.1 200 OK\r\n: 1\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nA: b\rc\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nA: b\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nA: \0\r\nContent-Length: 0\r\n\r\n",
  ])
  func `an odd head is refused`(text: String) {
    #expect(isMalformed(text))
  }

  @Test(arguments: [
    "x\r\n", "\r\n", "-1\r\n", " 1\r\n", "1 \r\n", "1\n", "1\rx", "000000001\r\n", "1000001\r\n",
    "FFFFFFFFFFFFFFFF\r\n", "1\r\nxy", "1\r\nx\n", "1\r\nx\rx", "0\r\n\n", "0\r\n\rx", "0\r\na\n",
    "0\r\na\rb",
    "1;a\nb",
  ])
  func `an odd chunk is refused`(text: String) {
    #expect(isMalformed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + text))
  }

  @Test func `nothing is kept beyond its bound`() {
    let limits = AnswerLimits(headBytes: 100, bodyBytes: 10, interimAnswers: 2, chunkLineBytes: 8)
    let long = String(repeating: "x", count: 101)
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    #expect(isMalformed("HTTP/1.1 200 \(long)", limits: limits))
    #expect(isMalformed("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nA: \(long)\r\n\r\nx", limits: limits))
    #expect(isMalformed("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n", limits: limits))
    #expect(!isMalformed("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", limits: limits))
    #expect(isMalformed(chunked + "6\r\n123456\r\n5\r\n", limits: limits))
    #expect(!isMalformed(chunked + "6\r\n123456\r\n4\r\n", limits: limits))
    #expect(isMalformed(chunked + "1;123456789", limits: limits))
    #expect(isMalformed(chunked + "0\r\n" + long, limits: limits))
    let interim = "HTTP/1.1 103 Early Hints\r\n\r\n"
    #expect(isMalformed(interim + interim + interim, limits: limits))
    #expect(!isMalformed(interim + interim, limits: limits))
  }

  @Test func `random bytes never trap and never grow past the bounds`() {
    var random = SeededGenerator.forThisRun()
    let seeds = [Self.plain, Self.chunked].map { Array($0.utf8) }
    for _ in 0..<20_000 {
      var bytes = seeds[Int.random(in: 0...1, using: &random)]
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case _: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
      }
      let cut = Int.random(in: bytes.indices, using: &random)
      var parser = AnswerParser(limits: AnswerLimits(bodyBytes: 64))
      var progress = parser.read(Array(bytes[..<cut]).span)
      if progress == .more { progress = parser.read(Array(bytes[cut...]).span) }
      if case .complete(let answer, _) = progress { #expect(answer.body.count <= 64) }
    }
  }
}

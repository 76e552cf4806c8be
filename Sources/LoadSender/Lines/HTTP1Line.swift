// A connection of HTTP/1.1: one request at a time.

final class HTTP1Line: LoadLine {
  private static let headBytesMax = 16 * 1024

  let socket: LoadSocket
  private let fixedFields: [UInt8]
  private let method: [UInt8]
  private var due: ContinuousClock.Instant?
  /// Head and body of the answer under way, once its head is there.
  private var answerBytes: Int?
  private var status = 0

  init(_ socket: LoadSocket, _ plan: LoadPlan) {
    self.socket = socket
    method = Array((plan.subject.isPost ? "POST " : "GET ").utf8)
    let type = plan.subject.isPost ? "Content-Type: application/json\r\n" : ""
    fixedFields = Array(
      " HTTP/1.1\r\nHost: \(plan.host)\r\n\(type)Authorization: Bearer \(plan.key)\r\n".utf8)
  }

  func send(_ request: borrowing RequestMaker, due: ContinuousClock.Instant) {
    self.due = due
    socket.output += method
    socket.output += request.path
    socket.output += fixedFields
    if !request.idempotencyKey.isEmpty {
      socket.output += "Idempotency-Key: ".utf8
      socket.output += request.idempotencyKey
      socket.output += "\r\n".utf8
    }
    if !request.body.isEmpty {
      socket.output += "Content-Length: ".utf8
      socket.output.append(number: request.body.count)
      socket.output += "\r\n".utf8
    }
    socket.output += "\r\n".utf8
    socket.output += request.body
  }

  func receive(into answers: inout [LoadAnswer]) throws(LoadError) {
    guard try socket.fill() else { throw .closed(afterAnswers: 0) }
    if answerBytes == nil { try readHead() }
    guard let answerBytes, socket.waiting >= answerBytes else { return }
    guard let due, socket.waiting == answerBytes else { throw .malformed("an answer nobody asked for") }
    socket.consume(answerBytes)
    (self.due, self.answerBytes) = (nil, nil)
    answers.append(LoadAnswer(status: status, due: due))
  }

  private func readHead() throws(LoadError) {
    let input = socket.input
    let bytes = input.span.extracting(socket.consumed...)
    guard let head = Self.endOfHead(in: bytes) else {
      guard bytes.count < Self.headBytesMax else { throw .malformed("a head without an end") }
      return
    }
    guard head > 12, let status = Self.number(in: bytes.extracting(9..<12)),
      let length = Self.contentLength(in: bytes.extracting(..<head))
    else { throw .malformed("a head without a status or a length") }
    self.status = status
    answerBytes = head + length
  }

  /// Where the empty line ends.
  private static func endOfHead(in bytes: Span<UInt8>) -> Int? {
    var place = 3
    while place < bytes.count {
      if bytes[place] == 0x0A && bytes[place - 1] == 0x0D && bytes[place - 2] == 0x0A { return place + 1 }
      place += 1
    }
    return nil
  }

  private static func contentLength(in head: Span<UInt8>) -> Int? {
    let name: StaticString = "content-length:"
    let length = name.utf8CodeUnitCount
    var line = 0
    for place in 0..<head.count where head[place] == 0x0A {
      defer { line = place + 1 }
      guard place - line > length, matches(name, head.extracting(line..<(line + length))) else { continue }
      return number(in: head.extracting((line + length)..<(place - 1)))
    }
    return nil
  }

  private static func matches(_ name: StaticString, _ bytes: Span<UInt8>) -> Bool {
    name.withUTF8Buffer { letters in
      for place in 0..<bytes.count where unsafe bytes[place] | 0x20 != letters[place] | 0x20 { return false }
      return true
    }
  }

  private static func number(in bytes: Span<UInt8>) -> Int? {
    var number: Int?
    for place in 0..<bytes.count where bytes[place] != UInt8(ascii: " ") {
      let digit = Int(bytes[place]) - 0x30
      guard (0...9).contains(digit), number ?? 0 < 1 << 40 else { return nil }
      number = (number ?? 0) * 10 + digit
    }
    return number
  }
}

// Gives a complete head its meaning: where the body ends, whether the connection stays, who is addressed. The
// scanners have made sure that every byte stands where it may; here the fields are held against each other.
// What could be read in two ways is refused, because a proxy in front of us may have read it the other way.

struct HeadReader {
  private let head: [UInt8]
  private let ranges: [FieldRange]
  private let line: RequestLineScanner

  private var host: Range<Int>?
  private var length: Range<Int>?
  private var transferCoding: Range<Int>?
  private var expectsContinue = false
  private var saysClose = false
  private var saysKeepAlive = false

  init(head: [UInt8], ranges: [FieldRange], line: RequestLineScanner) {
    self.head = head
    self.ranges = ranges
    self.line = line
  }

  consuming func read() throws(ParseFailure) -> HTTPRequest {
    for range in ranges { try note(range) }
    let method = HTTPMethod(head.span.extracting(0..<line.methodEnd))
    var target = try TargetReader(head: head, target: line.targetStart..<line.targetEnd, method: method)
      .read()
    target.method = 0..<line.methodEnd
    try checkHost()
    if target.authority.isEmpty, let host { target.authority = host }
    let framing = try bodyFraming()
    let isPersistent = line.version == .http11 || saysKeepAlive
    return HTTPRequest(
      method: method, version: line.version, headers: HeaderFields(head: head, ranges: ranges),
      framing: framing, keepAlive: isPersistent && !saysClose,
      expectsContinue: expectsContinue && framing != .none && framing != .length(0), parts: target)
  }

  /// The fields that matter to the parser.
  private enum Known {
    case host, expect, connection, contentLength, transferEncoding, other
  }

  private mutating func note(_ field: FieldRange) throws(ParseFailure) {
    switch kind(of: field) {
    case .host:
      guard host == nil else { throw .repeatedHost }
      host = field.value
    case .expect: try noteExpectation(field.value)
    case .connection: noteConnection(field.value)
    case .contentLength:
      guard length == nil else { throw .repeatedLength }
      length = field.value
    case .transferEncoding:
      guard transferCoding == nil else { throw .unsupportedTransferCoding }
      transferCoding = field.value
    case .other: break
    }
  }

  /// The length of the name tells the few apart from nearly all others.
  private func kind(of field: FieldRange) -> Known {
    let name = head.span.extracting(field.name)
    return switch name.count {
    case 4 where name.spellsIgnoringCase("host"): .host
    case 6 where name.spellsIgnoringCase("expect"): .expect
    case 10 where name.spellsIgnoringCase("connection"): .connection
    case 14 where name.spellsIgnoringCase("content-length"): .contentLength
    case 17 where name.spellsIgnoringCase("transfer-encoding"): .transferEncoding
    default: .other
    }
  }

  /// HTTP/1.0 knows no expectations, and RFC 9110 has us ignore them there.
  private mutating func noteExpectation(_ value: Range<Int>) throws(ParseFailure) {
    guard line.version == .http11 else { return }
    guard spells("100-continue", value) else { throw .unknownExpectation }
    expectsContinue = true
  }

  private mutating func noteConnection(_ value: Range<Int>) {
    var start = value.lowerBound
    while start < value.upperBound {
      var end = start
      while end < value.upperBound, head[end] != .comma { end += 1 }
      var last = end
      while start < last, head[start].isBlank { start += 1 }
      while last > start, head[last - 1].isBlank { last -= 1 }
      if spells("close", start..<last) { saysClose = true }
      if spells("keep-alive", start..<last) { saysKeepAlive = true }
      start = end + 1
    }
  }

  private func spells(_ word: String, _ range: Range<Int>) -> Bool {
    head.span.extracting(range).spellsIgnoringCase(word)
  }

  private func checkHost() throws(ParseFailure) {
    guard let host else {
      if line.version == .http11 { throw .missingHost }
      return
    }
    guard Authority.isValid(head.span.extracting(host)) else { throw .malformedHost }
  }

  private func bodyFraming() throws(ParseFailure) -> BodyFraming {
    guard let transferCoding else {
      guard let length else { return .none }
      return .length(try Self.lengthValue(head.span.extracting(length)))
    }
    guard length == nil else { throw .lengthWithTransferCoding }
    guard line.version == .http11 else { throw .transferCodingOnHTTP10 }
    guard head.span.extracting(transferCoding).spellsIgnoringCase("chunked") else {
      throw .unsupportedTransferCoding
    }
    return .chunked
  }

  /// Digits only: no sign, no blank, no list, nothing that does not fit.
  static func lengthValue(_ text: Span<UInt8>) throws(ParseFailure) -> Int {
    guard (1...19).contains(text.count) else { throw .malformedLength }
    var value = 0
    for index in text.indices {
      guard text[index].isDigit else { throw .malformedLength }
      let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = product.addingReportingOverflow(Int(text[index] & 15))
      guard !overflowed, !carried else { throw .malformedLength }
      value = sum
    }
    return value
  }
}

// The fields of a request, as HPACK hands them out, become a head of the same form as one that was parsed
// from text: one block of bytes and an index of ranges. nghttp2 has refused what RFC 9113 forbids (capitals
// in names, fields of connections, pseudo-headers that are missing, repeated or late); here the fields are
// held to the same rules and limits as those of HTTP/1.1.

/// One reader has it at a time, so its bytes are handed on and never shared.
struct HTTP2RequestHead: ~Copyable {
  private var bytes: [UInt8] = []
  private var ranges: [FieldRange] = []
  private var method: Range<Int>?
  private var path: Range<Int>?
  private var authority: Range<Int>?
  private var host: Range<Int>?
  private var length: Range<Int>?
  private var hasKnownScheme = false
  private var expectsContinue = false
  /// What the fields would take as lines of HTTP/1.1.
  private(set) var size = 0
  private var failure: ParseFailure?

  /// Takes over one field. After a failure nothing more is kept, but the counting goes on.
  mutating func add(_ name: Span<UInt8>, _ value: Span<UInt8>, limits: RequestLimits) {
    size += name.count + value.count + 4
    guard failure == nil else { return }
    guard size <= limits.head else { return fail(.headTooLong) }
    if bytes.isEmpty {
      bytes.reserveCapacity(min(limits.head, 256))
      ranges.reserveCapacity(min(limits.fieldCount, 8))
    }
    if name[0] == .colon { addPseudo(name, value, limits) } else { addField(name, value, limits) }
  }

  /// A field that nghttp2 would have passed over, because its name or value holds what none may hold.
  mutating func addInvalid(_ name: Span<UInt8>, _ value: Span<UInt8>) {
    size += name.count + value.count + 4
    for index in name.indices where !name[index].isToken { return fail(.malformedFieldName) }
    if name.spells("host") { return fail(.malformedHost) }
    for index in value.indices where !value[index].isFieldValue { return fail(.controlByteInValue) }
    fail(.blankAroundValue)
  }

  private mutating func addPseudo(_ name: Span<UInt8>, _ value: Span<UInt8>, _ limits: RequestLimits) {
    let range = append(value)
    switch name.count {
    case 5:
      path = range
      if value.count + 15 > limits.requestLine { fail(.requestLineTooLong) }
      for index in value.indices where !value[index].isTarget { return fail(.malformedTarget) }
    case 7 where name.spells(":method"):
      method = range
      if value.count > RequestLineScanner.methodLengthMax { fail(.malformedMethod) }
    case 7:
      hasKnownScheme = value.spellsIgnoringCase("http") || value.spellsIgnoringCase("https")
    default:
      authority = range
    }
  }

  private mutating func addField(_ name: Span<UInt8>, _ value: Span<UInt8>, _ limits: RequestLimits) {
    guard ranges.count < limits.fieldCount else { return fail(.tooManyFields) }
    let (named, valued) = (append(name), append(value))
    ranges.append(
      FieldRange(
        nameStart: UInt16(named.lowerBound), nameEnd: UInt16(named.upperBound),
        valueStart: UInt16(valued.lowerBound), valueEnd: UInt16(valued.upperBound)))
    switch name.count {
    case 4 where name.spells("host"):
      if host != nil { fail(.repeatedHost) }
      host = valued
    case 6 where name.spells("expect"):
      expectsContinue = value.spellsIgnoringCase("100-continue")
      if !expectsContinue { fail(.unknownExpectation) }
    case 14 where name.spells("content-length"):
      if length != nil { fail(.repeatedLength) }
      length = valued
    default: break
    }
  }

  private mutating func append(_ text: Span<UInt8>) -> Range<Int> {
    let start = bytes.count
    bytes.append(copying: text)
    return start..<bytes.count
  }

  private mutating func fail(_ reason: ParseFailure) {
    failure = failure ?? reason
    bytes = []
    ranges = []
  }

  // MARK: The request

  /// The request, when all its fields are there; `isWhole` if no body follows.
  consuming func read(isWhole: Bool) throws(ParseFailure) -> HTTPRequest {
    if let failure { throw failure }
    guard let method, let path, !path.isEmpty else { throw .malformedTarget }
    guard hasKnownScheme else { throw .malformedTarget }
    let known = HTTPMethod(bytes.span.extracting(method))
    // Only a proxy is sent whole URLs, and it has them in parts.
    guard bytes[path.lowerBound] == 0x2F || bytes[path.lowerBound] == 0x2A else { throw .malformedTarget }
    var parts = try TargetReader(head: bytes, target: path, method: known).read()
    parts.method = method
    parts.authority = try addressed()
    let framing = try framing(isWhole: isWhole)
    return HTTPRequest(
      method: known, version: .http2, headers: HeaderFields(head: bytes, ranges: ranges), framing: framing,
      keepAlive: true, expectsContinue: expectsContinue && !isWhole, parts: parts)
  }

  /// A Host field beside the authority must name the same one: a proxy may have gone by either.
  private func addressed() throws(ParseFailure) -> Range<Int> {
    guard let named = authority ?? host else { throw .missingHost }
    guard Authority.isValid(bytes.span.extracting(named)) else { throw .malformedHost }
    if let authority, let host, bytes[authority] != bytes[host] { throw .authorityDiffers }
    return named
  }

  /// A body without a length ends with its stream, as one in chunks does with its last chunk.
  private func framing(isWhole: Bool) throws(ParseFailure) -> BodyFraming {
    guard let length else { return isWhole ? .none : .chunked }
    return .length(try HeadReader.lengthValue(bytes.span.extracting(length)))
  }
}

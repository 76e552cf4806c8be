// The incremental parser of HTTP/1.1 requests. A connection gives it the bytes it received and asks for
// events until it needs more. A head that lies whole in one piece is scanned in place and copied once; one
// that arrives in pieces is gathered as it is scanned, each byte looked at once. Which events come does not
// depend on how the bytes were cut. Between requests the parser holds no memory of its own.

package struct RequestParser: ~Copyable {
  /// What the next byte belongs to. Each stage is left for the one below it, and `body`, `trailers` and a
  /// request without a body for `idle`; `failed` is never left.
  private enum Stage {
    /// Between two requests: nothing of the next one was seen.
    case idle
    /// Behind the carriage return of an empty line before a request, of which RFC 9112 has us skip one.
    case emptyLine
    case requestLine
    case fields
    /// The head was handed out; the connection has had the chance to set `bodyLimit`.
    case bodyStart(BodyFraming)
    case body(length: Int)
    case chunks
    case trailers
    case failed(ParseFailure)
  }

  package let limits: RequestLimits

  /// How long the body of the request at hand may be. Set it when the head was handed out; each head sets it
  /// back.
  package var bodyLimit: Int

  /// Whether the body of the request at hand is gathered. Else it is read past, held to the same limit, and
  /// `complete` brings none. Set and set back like `bodyLimit`.
  package var keepsBody = true

  private var stage = Stage.idle
  private var skippedEmptyLine = false
  private var line = RequestLineScanner()
  private var fields: FieldScanner
  private var chunks: ChunkScanner
  /// Bytes of the head or of the trailers that earlier pieces brought.
  private var scanned = 0
  /// The bytes of an unfinished head.
  private var head: [UInt8] = []
  private var body: [UInt8] = []
  /// How much of the body has come, kept or not.
  private var bodyRead = 0

  package init(limits: RequestLimits = RequestLimits()) {
    limits.check()
    self.limits = limits
    bodyLimit = limits.body
    fields = FieldScanner(countMax: limits.fieldCount, keepsRanges: true)
    chunks = ChunkScanner(extensionsMax: limits.chunkExtensions)
  }

  /// Whether nothing of a further request has arrived; a
  /// connection in this state may be closed without an answer.
  package var isIdle: Bool {
    if case .idle = stage { return true }
    return false
  }

  /// How much of the body at hand is kept so far.
  var keptBody: Int { body.count }

  /// The memory held for the request at hand.
  package var bytesHeld: Int { head.capacity + body.capacity + fields.bytesHeld }

  /// Takes bytes from `offset` on, moves `offset` behind what was taken, and tells what they led to. Call it
  /// again with the rest, until it answers `needMore`.
  package mutating func consume(_ input: Span<UInt8>, from offset: inout Int) -> RequestEvent {
    while true {
      let event: RequestEvent?
      switch stage {
      case .idle, .emptyLine: event = startRequest(input, &offset)
      case .requestLine, .fields: event = continueHead(input, &offset)
      case .bodyStart(let framing): event = startBody(framing)
      case .body(let length): event = continueBody(input, &offset, length: length)
      case .chunks: event = continueChunks(input, &offset)
      case .trailers: event = continueTrailers(input, &offset)
      case .failed(let failure): return .failed(failure)
      }
      if let event { return event }
    }
  }

  private mutating func startRequest(_ input: Span<UInt8>, _ offset: inout Int) -> RequestEvent? {
    guard offset < input.count else { return .needMore }
    if case .emptyLine = stage {
      guard input[offset] == .lineFeed else { return fail(.bareCarriageReturn) }
      offset += 1
      skippedEmptyLine = true
      stage = .idle
    } else if input[offset] == .carriageReturn {
      guard !skippedEmptyLine else { return fail(.malformedRequestLine) }
      offset += 1
      stage = .emptyLine
    } else {
      skippedEmptyLine = false
      stage = .requestLine
    }
    return nil
  }

  private mutating func continueHead(_ input: Span<UInt8>, _ offset: inout Int) -> RequestEvent? {
    let origin = offset - scanned
    var position = offset
    var progress = ScanProgress.more
    if case .requestLine = stage {
      let end = min(input.count, origin + limits.requestLine)
      progress = line.scan(input, &position, end: end, origin: origin)
      if progress == .done {
        stage = .fields
      } else if progress == .more, position - origin == limits.requestLine {
        return fail(.requestLineTooLong)
      }
    }
    if case .fields = stage {
      let end = min(input.count, origin + limits.head)
      progress = fields.scan(input, &position, end: end, origin: origin)
      if progress == .more, position - origin == limits.head { return fail(.headTooLong) }
    }
    if case .failed(let failure) = progress { return fail(failure) }
    head.append(copying: input.extracting(offset..<position), growingUpTo: limits.head)
    offset = position
    scanned = position - origin
    return progress == .done ? finishHead() : .needMore
  }

  private mutating func finishHead() -> RequestEvent {
    do {
      let reader = HeadReader(head: head, ranges: fields.ranges, line: line)
      let request = try reader.read()
      forgetHead()
      bodyLimit = limits.body
      keepsBody = true
      stage = .bodyStart(request.framing)
      return .head(request)
    } catch {
      return fail(error)
    }
  }

  private mutating func startBody(_ framing: BodyFraming) -> RequestEvent? {
    switch framing {
    case .none: return finishRequest()
    case .length(let length):
      guard length <= bodyLimit else { return fail(.bodyTooLong) }
      guard length > 0 else { return finishRequest() }
      stage = .body(length: length)
    case .chunked:
      chunks = ChunkScanner(extensionsMax: limits.chunkExtensions)
      stage = .chunks
    }
    return nil
  }

  private mutating func continueBody(
    _ input: Span<UInt8>, _ offset: inout Int, length: Int
  ) -> RequestEvent? {
    let end = offset + min(input.count - offset, length - bodyRead)
    takeBody(input.extracting(offset..<end), growingUpTo: length)
    offset = end
    return bodyRead == length ? finishRequest() : .needMore
  }

  private mutating func continueChunks(_ input: Span<UInt8>, _ offset: inout Int) -> RequestEvent? {
    switch chunks.scan(input, &offset, room: bodyLimit - bodyRead) {
    case .more: return .needMore
    case .data(let count):
      takeBody(input.extracting(offset..<(offset + count)), growingUpTo: bodyLimit)
      offset += count
    case .last:
      fields = FieldScanner(countMax: limits.fieldCount, keepsRanges: false)
      stage = .trailers
    case .failed(let failure): return fail(failure)
    }
    return nil
  }

  private mutating func takeBody(_ bytes: Span<UInt8>, growingUpTo limit: Int) {
    bodyRead += bytes.count
    if keepsBody { body.append(copying: bytes, growingUpTo: limit) }
  }

  /// Trailers are held to the rules of fields and then forgotten: nothing of ours reads them.
  private mutating func continueTrailers(_ input: Span<UInt8>, _ offset: inout Int) -> RequestEvent? {
    let origin = offset - scanned
    let end = min(input.count, origin + limits.trailers)
    let progress = fields.scan(input, &offset, end: end, origin: origin)
    scanned = offset - origin
    switch progress {
    case .more: return scanned == limits.trailers ? fail(.trailersTooLong) : .needMore
    case .done: return finishRequest()
    case .failed(let failure): return fail(failure)
    }
  }

  private mutating func finishRequest() -> RequestEvent {
    let complete = body
    body = []
    bodyRead = 0
    forgetHead()
    stage = .idle
    return .complete(complete)
  }

  private mutating func fail(_ failure: ParseFailure) -> RequestEvent {
    body = []
    forgetHead()
    stage = .failed(failure)
    return .failed(failure)
  }

  private mutating func forgetHead() {
    head = []
    scanned = 0
    line = RequestLineScanner()
    fields = FieldScanner(countMax: limits.fieldCount, keepsRanges: true)
  }
}

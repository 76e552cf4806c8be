// Walks the request line byte by byte, in as many pieces as it arrives, and remembers
// where its parts end. A byte that cannot stand where it stands is refused when it is
// seen, not when the line is complete. Positions in the head are positions in the piece
// minus `origin`, the (often negative) position in the piece at which the head began.

struct RequestLineScanner {
  /// The parts of the line, in their order; each is left by the byte that ends it.
  private enum State {
    case method, target, version
    /// Behind the carriage return: only a line feed may follow.
    case lineFeed
  }

  /// Longer than any registered method.
  static let methodLengthMax = 32

  private var state = State.method
  private(set) var methodEnd = 0
  private(set) var targetEnd = 0
  private var major: UInt8 = 0
  private var minor: UInt8 = 0

  var targetStart: Int { methodEnd + 1 }
  var version: HTTPVersion { minor == 0x30 ? .http10 : .http11 }

  mutating func scan(_ input: Span<UInt8>, _ position: inout Int, end: Int, origin: Int) -> ScanProgress {
    while position < end {
      let failure: ParseFailure?
      switch state {
      case .method: failure = scanMethod(input, &position, end, origin)
      case .target: failure = scanTarget(input, &position, end, origin)
      case .version: failure = scanVersion(input, &position, end, origin)
      case .lineFeed:
        guard input[position] == .lineFeed else { return .failed(.bareCarriageReturn) }
        position += 1
        return finish()
      }
      if let failure { return .failed(failure) }
    }
    return .more
  }

  private mutating func scanMethod(
    _ input: Span<UInt8>, _ position: inout Int, _ end: Int, _ origin: Int
  ) -> ParseFailure? {
    while position < end, input[position].isToken { position += 1 }
    let length = position - origin
    guard length <= Self.methodLengthMax else { return .malformedMethod }
    guard position < end else { return nil }
    switch input[position] {
    case .space where length > 0: break
    case .lineFeed: return .bareLineFeed
    case .carriageReturn: return .malformedRequestLine
    default: return .malformedMethod
    }
    methodEnd = length
    state = .target
    position += 1
    return nil
  }

  private mutating func scanTarget(
    _ input: Span<UInt8>, _ position: inout Int, _ end: Int, _ origin: Int
  ) -> ParseFailure? {
    while position < end, input[position].isTarget { position += 1 }
    guard position < end else { return nil }
    let length = position - origin - targetStart
    switch input[position] {
    case .space where length > 0: break
    case .lineFeed: return .bareLineFeed
    case .space, .carriageReturn: return .malformedRequestLine
    default: return .malformedTarget
    }
    targetEnd = position - origin
    state = .version
    position += 1
    return nil
  }

  private mutating func scanVersion(
    _ input: Span<UInt8>, _ position: inout Int, _ end: Int, _ origin: Int
  ) -> ParseFailure? {
    while position < end {
      let byte = input[position]
      let place = position - origin - targetEnd - 1
      let fits: Bool
      switch place {
      case 0: fits = byte == 0x48
      case 1, 2: fits = byte == 0x54
      case 3: fits = byte == 0x50
      case 4: fits = byte == 0x2F
      case 5:
        fits = byte.isDigit
        major = byte
      case 6: fits = byte == 0x2E
      case 7:
        fits = byte.isDigit
        minor = byte
      default:
        fits = byte == .carriageReturn
        state = .lineFeed
      }
      guard fits else { return byte == .lineFeed ? .bareLineFeed : .malformedVersion }
      position += 1
      if place == 8 { return nil }
    }
    return nil
  }

  private func finish() -> ScanProgress {
    guard major == 0x31, minor == 0x30 || minor == 0x31 else { return .failed(.unsupportedVersion) }
    return .done
  }
}

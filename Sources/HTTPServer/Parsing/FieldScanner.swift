// Walks field lines up to and with the empty line that ends them: the header fields of a head, or the
// trailers of a chunked body. Like the request line's scanner it refuses each wrong byte when it is seen and
// may be interrupted anywhere.

struct FieldScanner {
  private enum State {
    /// At the first byte of a line: a name begins, or the empty line.
    case lineStart
    case name
    /// Behind the colon, before the first byte of the value.
    case leadingBlanks
    case value
    /// Behind the carriage return of a field line.
    case lineFeed
    /// Behind the carriage return of the empty line.
    case lastLineFeed
  }

  private var state = State.lineStart
  private var nameStart = 0
  private var nameEnd = 0
  private var valueStart = 0
  /// Behind the last byte of the value seen so far that is not blank.
  private var valueEnd = 0
  private var count = 0
  private let countMax: Int
  /// Trailers are checked and dropped, so their places are not kept.
  private let keepsRanges: Bool
  private(set) var ranges: [FieldRange] = []

  init(countMax: Int, keepsRanges: Bool) {
    self.countMax = countMax
    self.keepsRanges = keepsRanges
  }

  /// What the index holds, for the tests of bounded memory.
  var bytesHeld: Int { ranges.capacity * MemoryLayout<FieldRange>.stride }

  mutating func scan(_ input: Span<UInt8>, _ position: inout Int, end: Int, origin: Int) -> ScanProgress {
    while position < end {
      let failure: ParseFailure?
      switch state {
      case .lineStart: failure = startLine(input[position], &position, origin)
      case .name: failure = scanName(input, &position, end, origin)
      case .leadingBlanks:
        failure = nil
        skipBlanks(input, &position, end, origin)
      case .value: failure = scanValue(input, &position, end, origin)
      case .lineFeed: failure = endLine(input[position], &position)
      case .lastLineFeed:
        guard input[position] == .lineFeed else { return .failed(.bareCarriageReturn) }
        position += 1
        return .done
      }
      if let failure { return .failed(failure) }
    }
    return .more
  }

  private mutating func startLine(_ byte: UInt8, _ position: inout Int, _ origin: Int) -> ParseFailure? {
    switch byte {
    case .carriageReturn:
      state = .lastLineFeed
      position += 1
    case .lineFeed: return .bareLineFeed
    case .space, .tab: return .foldedField
    default:
      guard byte.isToken else { return .malformedFieldName }
      guard count < countMax else { return .tooManyFields }
      nameStart = position - origin
      state = .name
    }
    return nil
  }

  private mutating func scanName(
    _ input: Span<UInt8>, _ position: inout Int, _ end: Int, _ origin: Int
  ) -> ParseFailure? {
    while position < end, input[position].isToken { position += 1 }
    guard position < end else { return nil }
    switch input[position] {
    case .colon: break
    case .space, .tab: return .blankBeforeColon
    case .lineFeed: return .bareLineFeed
    case .carriageReturn: return .malformedFieldLine
    default: return .malformedFieldName
    }
    nameEnd = position - origin
    state = .leadingBlanks
    position += 1
    return nil
  }

  private mutating func skipBlanks(_ input: Span<UInt8>, _ position: inout Int, _ end: Int, _ origin: Int) {
    while position < end, input[position].isBlank { position += 1 }
    guard position < end else { return }
    valueStart = position - origin
    valueEnd = valueStart
    state = .value
  }

  private mutating func scanValue(
    _ input: Span<UInt8>, _ position: inout Int, _ end: Int, _ origin: Int
  ) -> ParseFailure? {
    let start = position
    while position < end, input[position].isFieldValue { position += 1 }
    // Blanks at the end do not belong to the value; those of earlier pieces were left out by the same rule.
    var last = position
    while last > start, input[last - 1].isBlank { last -= 1 }
    if last > start { valueEnd = last - origin }
    guard position < end else { return nil }
    switch input[position] {
    case .carriageReturn: break
    case .lineFeed: return .bareLineFeed
    default: return .controlByteInValue
    }
    state = .lineFeed
    position += 1
    return nil
  }

  private mutating func endLine(_ byte: UInt8, _ position: inout Int) -> ParseFailure? {
    guard byte == .lineFeed else { return .bareCarriageReturn }
    position += 1
    count += 1
    state = .lineStart
    guard keepsRanges else { return nil }
    if ranges.isEmpty { ranges.reserveCapacity(min(countMax, 16)) }
    ranges.append(
      FieldRange(
        nameStart: UInt16(nameStart), nameEnd: UInt16(nameEnd), valueStart: UInt16(valueStart),
        valueEnd: UInt16(valueEnd)))
    return nil
  }
}

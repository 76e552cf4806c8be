// Walks the frame of a chunked body: sizes, extensions and line ends. The data itself is the parser's
// business; the scanner says how much of it lies at the position. RFC 9112 lets a recipient put up with
// blanks around extensions; we do not, because the readers that did have disagreed about what a size is.

struct ChunkScanner {
  enum Step: Equatable {
    case more
    /// So many bytes of data lie at the position; the caller takes them and moves the position.
    case data(Int)
    /// The chunk of size zero was read; trailers follow.
    case last
    case failed(ParseFailure)
  }

  private enum State {
    case size
    case extensionName, extensionValue, extensionToken
    case quoted, quotedEscape, quotedEnd
    case sizeLineFeed
    case data
    case dataCarriageReturn, dataLineFeed
  }

  private var state = State.size
  private var digits = 0
  /// Of the current chunk: its size while the size is read, what is still to come of it afterwards.
  private var remaining = 0
  /// Bytes of names and values of the extension at hand, to refuse empty ones.
  private var tokenLength = 0
  private var extensionsLeft: Int

  init(extensionsMax: Int) {
    extensionsLeft = extensionsMax
  }

  /// `room` is how much data may still come before the body is longer than allowed.
  mutating func scan(_ input: Span<UInt8>, _ position: inout Int, room: Int) -> Step {
    while position < input.count {
      if state == .data { return takeData(input.count - position) }
      let byte = input[position]
      position += 1
      if let failure = advance(byte, room: room) { return .failed(failure) }
      // A zero chunk ends the data: its line was complete with this byte.
      if state == .data, remaining == 0 { return .last }
    }
    return .more
  }

  private mutating func takeData(_ available: Int) -> Step {
    let count = min(remaining, available)
    remaining -= count
    if remaining == 0 { state = .dataCarriageReturn }
    return .data(count)
  }

  private mutating func advance(_ byte: UInt8, room: Int) -> ParseFailure? {
    switch state {
    case .size: return readSize(byte, room: room)
    case .extensionName, .extensionValue, .extensionToken, .quoted, .quotedEscape, .quotedEnd:
      guard extensionsLeft > 0 else { return .chunkExtensionsTooLong }
      extensionsLeft -= 1
      return readExtension(byte)
    case .sizeLineFeed:
      guard byte == .lineFeed else { return .bareCarriageReturn }
      state = .data
    case .dataCarriageReturn:
      guard byte == .carriageReturn else { return .chunkNotEnded }
      state = .dataLineFeed
    case .dataLineFeed:
      guard byte == .lineFeed else { return .chunkNotEnded }
      state = .size
      digits = 0
      remaining = 0
    case .data:
      preconditionFailure("Data is taken before its bytes are looked at.")
    }
    return nil
  }

  private mutating func readSize(_ byte: UInt8, room: Int) -> ParseFailure? {
    if let digit = byte.hexValue {
      digits += 1
      guard digits <= 16, remaining <= Int.max >> 4 else { return .malformedChunkSize }
      remaining = remaining << 4 | Int(digit)
      return nil
    }
    guard digits > 0 else { return byte == .lineFeed ? .bareLineFeed : .malformedChunkSize }
    guard remaining <= room else { return .bodyTooLong }
    return endToken(byte, else: .malformedChunkSize)
  }

  private mutating func readExtension(_ byte: UInt8) -> ParseFailure? {
    switch state {
    case .extensionName:
      if byte.isToken {
        tokenLength += 1
        return nil
      }
      guard tokenLength > 0 else { return byte == .lineFeed ? .bareLineFeed : .malformedChunkExtension }
      guard byte == 0x3D else { return endToken(byte, else: .malformedChunkExtension) }
      state = .extensionValue
    case .extensionValue:
      guard byte == 0x22 || byte.isToken else {
        return byte == .lineFeed ? .bareLineFeed : .malformedChunkExtension
      }
      state = byte == 0x22 ? .quoted : .extensionToken
    case .extensionToken:
      if !byte.isToken { return endToken(byte, else: .malformedChunkExtension) }
    case .quoted:
      guard byte.isFieldValue else { return byte == .lineFeed ? .bareLineFeed : .malformedChunkExtension }
      if byte == 0x22 { state = .quotedEnd } else if byte == 0x5C { state = .quotedEscape }
    case .quotedEscape:
      guard byte.isFieldValue else { return byte == .lineFeed ? .bareLineFeed : .malformedChunkExtension }
      state = .quoted
    case .quotedEnd:
      return endToken(byte, else: .malformedChunkExtension)
    case .size, .sizeLineFeed, .data, .dataCarriageReturn, .dataLineFeed:
      preconditionFailure("Only bytes of an extension come here.")
    }
    return nil
  }

  /// What may follow a size or an extension: the line end, or a further extension.
  private mutating func endToken(_ byte: UInt8, else failure: ParseFailure) -> ParseFailure? {
    switch byte {
    case .carriageReturn: state = .sizeLineFeed
    case .lineFeed: return .bareLineFeed
    case .semicolon:
      state = .extensionName
      tokenLength = 0
    default: return failure
    }
    return nil
  }
}

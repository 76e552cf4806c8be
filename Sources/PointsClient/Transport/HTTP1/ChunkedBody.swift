// A body in chunks, taken apart as it arrives, in pieces of any size.

struct ChunkedBody {
  enum Progress: Equatable {
    case more
    case complete
  }

  private enum State {
    /// The digits of a size, its line's rest, and the line feed behind it.
    case size, sizeExtension, sizeEnd
    case data
    /// The line end behind the data.
    case dataReturn, dataFeed
    /// The beginning of a trailer line, its rest, its line feed; the last line's line feed.
    case trailer, trailerRest, trailerFeed, lastFeed
  }

  private var state = State.size
  private var remaining = 0
  private var digits = 0
  /// Bytes of the line at hand, or of all trailers.
  private var overhead = 0
  private let limits: AnswerLimits

  init(limits: AnswerLimits) {
    self.limits = limits
  }

  /// Moves the position behind what was taken; the data is added to the body.
  mutating func read(
    _ bytes: Span<UInt8>, _ position: inout Int, into body: inout [UInt8]
  ) throws(MalformedAnswer) -> Progress {
    while position < bytes.count {
      if state == .data {
        let count = min(remaining, bytes.count - position)
        body.append(copying: bytes.extracting(position..<(position + count)))
        position += count
        remaining -= count
        if remaining == 0 { state = .dataReturn }
        continue
      }
      let byte = bytes[position]
      position += 1
      if state == .lastFeed {
        guard byte == 0x0A else { throw Self.badLineEnd }
        return .complete
      }
      try advance(byte, room: limits.bodyBytes - body.count)
    }
    return .more
  }

  private mutating func advance(_ byte: UInt8, room: Int) throws(MalformedAnswer) {
    switch state {
    case .size: try readSize(byte, room: room)
    case .sizeExtension:
      // Nothing of ours is said in extensions; they are passed over, but not without end.
      overhead += 1
      guard overhead <= limits.chunkLineBytes, byte != 0x0A else {
        throw MalformedAnswer("the line of a chunk is too long or ends wrongly")
      }
      if byte == 0x0D { state = .sizeEnd }
    case .sizeEnd:
      guard byte == 0x0A else { throw Self.badLineEnd }
      overhead = 0
      state = remaining == 0 ? .trailer : .data
    case .dataReturn:
      guard byte == 0x0D else { throw MalformedAnswer("a chunk is longer than it said") }
      state = .dataFeed
    case .dataFeed:
      guard byte == 0x0A else { throw Self.badLineEnd }
      (state, remaining, digits) = (.size, 0, 0)
    case .trailer, .trailerRest, .trailerFeed: try skipTrailer(byte)
    case .data, .lastFeed: preconditionFailure("Data and the last byte are taken where they are read.")
    }
  }

  private mutating func readSize(_ byte: UInt8, room: Int) throws(MalformedAnswer) {
    if let digit = byte.hexadecimalValue {
      digits += 1
      remaining = remaining << 4 | digit
      guard digits <= 8, remaining <= room else { throw MalformedAnswer("its body is too long") }
      return
    }
    guard digits > 0, byte == 0x0D || byte == 0x3B else {
      throw MalformedAnswer("a chunk's size is no number")
    }
    state = byte == 0x0D ? .sizeEnd : .sizeExtension
  }

  private mutating func skipTrailer(_ byte: UInt8) throws(MalformedAnswer) {
    overhead += 1
    guard overhead <= limits.headBytes else { throw MalformedAnswer("its trailers are too long") }
    switch (state, byte) {
    case (.trailer, 0x0D): state = .lastFeed
    case (.trailerRest, 0x0D): state = .trailerFeed
    case (.trailerFeed, 0x0A): state = .trailer
    case (.trailerFeed, _), (_, 0x0A): throw Self.badLineEnd
    case _: state = .trailerRest
    }
  }

  private static var badLineEnd: MalformedAnswer { MalformedAnswer("a line of its body ends wrongly") }
}

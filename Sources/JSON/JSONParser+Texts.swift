// Texts. Nearly all are plain, and are made into a String by one copy; the others are put together from their
// plain runs and their escapes. Each run is checked to be UTF-8 by itself: an escape cannot stand inside a
// character.

extension JSONParser {
  /// Reads the text whose opening quote is at the position.
  mutating func text(in bytes: Span<UInt8>) throws(JSONError) -> String {
    position += 1
    let start = position
    let end = try endOfRun(in: bytes)
    if bytes[end] == 0x22 {
      position = end + 1
      return try string(of: start..<end, in: bytes)
    }
    var decoded: [UInt8] = []
    position = start
    while true {
      let run = position..<(try endOfRun(in: bytes))
      decoded.append(contentsOf: try string(of: run, in: bytes).utf8)
      position = run.upperBound + 1
      if bytes[run.upperBound] == 0x22 { return String(decoding: decoded, as: UTF8.self) }
      try escape(in: bytes, into: &decoded)
    }
  }

  /// The place of the next quote or backslash.
  private func endOfRun(in bytes: Span<UInt8>) throws(JSONError) -> Int {
    var end = position
    while end < bytes.count {
      let byte = bytes[end]
      if byte == 0x22 || byte == 0x5C { return end }
      guard byte >= 0x20 else { throw JSONError(.controlCharacter, at: end) }
      end += 1
    }
    throw JSONError(.endOfText, at: end)
  }

  private func string(of range: Range<Int>, in bytes: Span<UInt8>) throws(JSONError) -> String {
    do throws(UTF8.ValidationError) {
      return String(copying: try UTF8Span(validating: bytes.extracting(range)))
    } catch {
      throw JSONError(.notUTF8, at: range.lowerBound + error.byteOffsets.lowerBound)
    }
  }

  /// Reads the escape whose backslash lies just behind.
  private mutating func escape(in bytes: Span<UInt8>, into decoded: inout [UInt8]) throws(JSONError) {
    let start = position - 1
    let byte = try peek(in: bytes)
    position += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: decoded.append(byte)
    case 0x62: decoded.append(0x08)
    case 0x66: decoded.append(0x0C)
    case 0x6E: decoded.append(0x0A)
    case 0x72: decoded.append(0x0D)
    case 0x74: decoded.append(0x09)
    case 0x75: decoded.append(contentsOf: String(try scalar(in: bytes, escapedAt: start)).utf8)
    case _: throw JSONError(.badEscape, at: start)
    }
  }

  /// Reads what follows `\u`: four digits, or a surrogate pair in two escapes.
  private mutating func scalar(
    in bytes: Span<UInt8>, escapedAt start: Int
  ) throws(JSONError) -> Unicode.Scalar {
    let first = try fourDigits(in: bytes, escapedAt: start)
    guard first != 0 else { throw JSONError(.escapedNUL, at: start) }
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, position + 1 < bytes.count, bytes[position] == 0x5C, bytes[position + 1] == 0x75
    else { throw JSONError(.unpairedSurrogate, at: start) }
    position += 2
    let second = try fourDigits(in: bytes, escapedAt: position - 2)
    guard 0xDC00...0xDFFF ~= second,
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw JSONError(.unpairedSurrogate, at: start) }
    return scalar
  }

  private mutating func fourDigits(
    in bytes: Span<UInt8>, escapedAt start: Int
  ) throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try peek(in: bytes)
      let letter = (byte | 0x20) &- 0x61
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case _ where letter < 6: value = value << 4 | UInt32(letter + 10)
      case _: throw JSONError(.badEscape, at: start)
      }
      position += 1
    }
    return value
  }
}

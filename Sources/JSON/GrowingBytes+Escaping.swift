// Escaping of JSON texts. Nearly all texts need none, so
// runs of plain bytes are found first and copied whole.

extension GrowingBytes {
  /// Appends the text between quotes.
  mutating func appendQuoted(_ text: String) {
    append(0x22)
    appendEscaped(text.utf8.span)
    append(0x22)
  }

  /// Appends the text with quotes, backslashes and control bytes
  /// escaped. Everything else, UTF-8 included, is taken as it is.
  private mutating func appendEscaped(_ text: Span<UInt8>) {
    var start = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte >= 0x20, byte != 0x22, byte != 0x5C {
        index += 1
        continue
      }
      append(copying: text.extracting(start..<index))
      appendEscape(of: byte)
      index += 1
      start = index
    }
    append(copying: text.extracting(start..<index))
  }

  private mutating func appendEscape(of byte: UInt8) {
    append(0x5C)
    switch byte {
    case 0x22, 0x5C: append(byte)
    case 0x08: append(0x62)
    case 0x09: append(0x74)
    case 0x0A: append(0x6E)
    case 0x0C: append(0x66)
    case 0x0D: append(0x72)
    default:
      append(0x75)
      append(0x30)
      append(0x30)
      append(0x30 | byte >> 4)
      append(byte & 15 < 10 ? 0x30 | byte & 15 : 0x57 &+ (byte & 15))
    }
  }
}

// Commands are written as RESP2 arrays of bulk strings, straight into the bytes that will be sent: no
// intermediate list, no text, nothing to escape.

extension [UInt8] {
  /// Begins a command; as many bulk strings must follow.
  mutating func appendCommandHeader(arguments count: Int) {
    appendLine(0x2A, count)
  }

  mutating func appendBulk(_ bytes: [UInt8]) {
    appendLine(0x24, bytes.count)
    append(contentsOf: bytes)
    appendLineEnd()
  }

  mutating func appendBulk(_ text: StaticString) {
    appendLine(0x24, text.utf8CodeUnitCount)
    unsafe append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    appendLineEnd()
  }

  mutating func appendBulk(_ text: String) {
    appendLine(0x24, text.utf8.count)
    append(bytesOf: text)
    appendLineEnd()
  }

  mutating func appendBulk(bigEndian word: UInt64, _ text: String) {
    appendLine(0x24, 8 + text.utf8.count)
    unsafe Swift.withUnsafeBytes(of: word.bigEndian) { unsafe append(contentsOf: $0) }
    append(bytesOf: text)
    appendLineEnd()
  }

  /// A number as the decimal digits that commands take.
  mutating func appendBulk(_ number: Int64) {
    appendLine(0x24, Self.digits(in: number.magnitude) + (number < 0 ? 1 : 0))
    if number < 0 { append(0x2D) }
    appendDecimal(number.magnitude)
    appendLineEnd()
  }

  /// A whole command with one argument, the most frequent shape.
  mutating func appendCommand(_ name: StaticString, _ argument: [UInt8]) {
    appendCommandHeader(arguments: 2)
    appendBulk(name)
    appendBulk(argument)
  }

  mutating func appendDecimal(_ number: UInt64) {
    guard number >= 10 else { return append(0x30 + UInt8(truncatingIfNeeded: number)) }
    let begin = count
    var rest = number
    while rest > 0 {
      append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    self[begin...].reverse()
  }

  /// In one piece where the text lies in one, which it nearly always does.
  private mutating func append(bytesOf text: String) {
    let isDone: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { unsafe append(contentsOf: $0) }
    if isDone == nil { append(contentsOf: text.utf8) }
  }

  /// All of it in one piece: an array asks at each append whether somebody shares it.
  private mutating func appendLine(_ type: UInt8, _ number: Int) {
    guard number < 1000 else { return appendLongLine(type, number) }
    let hundreds = UInt32(number / 100), tens = UInt32(number / 10 % 10), ones = UInt32(number % 10)
    let digits = number >= 100 ? 3 : number >= 10 ? 2 : 1
    // From the lowest byte on: the type, the digits without leading zeros, and the line's end.
    var line = UInt64((hundreds | tens << 8 | ones << 16) | 0x30_3030) >> UInt64(8 * (3 - digits))
    line = line << 8 | UInt64(type) | UInt64(0x0A0D) << UInt64(8 * (digits + 1))
    unsafe Swift.withUnsafeBytes(of: line.littleEndian) { bytes in
      unsafe append(contentsOf: UnsafeRawBufferPointer(start: bytes.baseAddress, count: digits + 3))
    }
  }

  private mutating func appendLongLine(_ type: UInt8, _ number: Int) {
    append(type)
    appendDecimal(UInt64(number))
    appendLineEnd()
  }

  private mutating func appendLineEnd() {
    unsafe Swift.withUnsafeBytes(of: UInt16(0x0A0D).littleEndian) { unsafe append(contentsOf: $0) }
  }

  private static func digits(in number: UInt64) -> Int {
    var count = 1
    var rest = number / 10
    while rest > 0 {
      count += 1
      rest /= 10
    }
    return count
  }
}

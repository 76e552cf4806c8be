// Writes JSON straight into bytes. There is no tree and no encoder in between: the caller says what comes
// next, the writer puts commas and escapes, and nothing is allocated but the buffer and what is handed out.
// One flag is enough to place commas, because whatever contains a closed object or array has at least that
// one element.

package struct JSONWriter: ~Copyable {
  private var bytes: GrowingBytes
  private var needsComma = false
  /// How many objects and arrays are open, to notice a missing close.
  private var depth = 0

  package init(reservingCapacity capacity: Int = 512) {
    bytes = GrowingBytes(reservingCapacity: capacity)
  }

  /// In the middle of an object that was written before: behind these bytes, which end with one of its
  /// values.
  package init(continuing object: Span<UInt8>, reservingCapacity capacity: Int = 512) {
    bytes = GrowingBytes(reservingCapacity: object.count + capacity)
    bytes.append(copying: object)
    needsComma = true
    depth = 1
  }

  /// The bytes written so far.
  package var count: Int { bytes.count }

  /// Ends the writing and hands out the bytes.
  package consuming func finish() -> [UInt8] {
    precondition(depth == 0, "Every object and array that was opened has to be closed.")
    return bytes.array
  }

  /// Ends a line between two top-level values, as line-delimited JSON (logs, event streams) needs it.
  package mutating func newline() {
    precondition(depth == 0, "Lines are divided only between complete values.")
    bytes.append(0x0A)
    needsComma = false
  }

  package mutating func openObject() { open(0x7B) }
  package mutating func closeObject() { close(0x7D) }
  package mutating func openArray() { open(0x5B) }
  package mutating func closeArray() { close(0x5D) }

  /// A key known when we compile; it must not need escaping.
  package mutating func key(_ name: StaticString) {
    bytes.append(quoting: name, after: needsComma ? 0x2C : nil, before: 0x3A)
    needsComma = false
  }

  /// A key from data.
  package mutating func key(escaping name: String) {
    writeComma()
    bytes.appendQuoted(name)
    bytes.append(0x3A)
    needsComma = false
  }

  package mutating func string(_ text: String) {
    writeComma()
    bytes.appendQuoted(text)
    needsComma = true
  }

  /// A text known when we compile; it must not need escaping.
  package mutating func string(_ text: StaticString) {
    bytes.append(quoting: text, after: needsComma ? 0x2C : nil, before: nil)
    needsComma = true
  }

  package mutating func bool(_ value: Bool) {
    literal(value ? "true" : "false")
  }

  package mutating func null() {
    literal("null")
  }

  /// A value that is JSON already, as the database hands it out. The caller vouches for it.
  package mutating func raw(_ json: Span<UInt8>) {
    writeComma()
    bytes.append(copying: json)
    needsComma = true
  }

  package mutating func integer(_ value: Int64) {
    writeComma()
    bytes.appendDecimal(value.magnitude, negative: value < 0)
    needsComma = true
  }

  package mutating func integer(_ value: UInt64) {
    writeComma()
    bytes.appendDecimal(value, negative: false)
    needsComma = true
  }

  /// Two words as a text of 8-4-4-4-12 hexadecimal digits in lower case.
  package mutating func uuid(high: UInt64, low: UInt64) {
    writeComma()
    bytes.append(0x22)
    bytes.append(hexadecimal: UInt32(truncatingIfNeeded: high >> 32))
    bytes.append(hexadecimal: UInt32(truncatingIfNeeded: high), dashes: true)
    bytes.append(hexadecimal: UInt32(truncatingIfNeeded: low >> 32), dashes: true)
    bytes.append(hexadecimal: UInt32(truncatingIfNeeded: low))
    bytes.append(0x22)
    needsComma = true
  }

  /// A number with exactly so many decimals. What JSON
  /// cannot say (infinite, not a number) is written as null.
  package mutating func number(_ value: Double, decimals: Int) {
    writeComma()
    bytes.appendFixed(value, decimals: decimals)
    needsComma = true
  }

  private mutating func literal(_ word: StaticString) {
    writeComma()
    bytes.append(word)
    needsComma = true
  }

  private mutating func open(_ bracket: UInt8) {
    writeComma()
    bytes.append(bracket)
    depth += 1
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    precondition(depth > 0, "Only what was opened can be closed.")
    bytes.append(bracket)
    depth -= 1
    needsComma = true
  }

  private mutating func writeComma() {
    if needsComma { bytes.append(0x2C) }
  }
}

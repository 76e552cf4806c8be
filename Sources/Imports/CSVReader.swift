// Reads comma-separated values (RFC 4180) piece by piece, with memory for one record. It is strict, because
// what it reads is money: where two readers could understand a line differently, the line gets a defect and
// is nobody's. Lines end with LF or CR LF; a byte order mark may come first; empty lines are passed over.
//
// After a defect the next line feed outside of quotes begins a new record. A quoted field that is too long
// goes on to its closing quote all the same: its lines are text and must not be taken for records.

package struct CSVReader: Sendable {
  /// Of a record, without its line end. What is beyond is passed over.
  package static let recordBytesMax = 16 * 1024
  package static let fieldsMax = 64

  private enum State {
    /// So many bytes of a byte order mark have come.
    case mark(Int)
    case fieldStart
    case unquoted
    case quoted
    /// A quote inside a quoted field: its end, or the first of two that stand for one.
    case quoteInQuoted
    /// A carriage return outside of quotes.
    case carriageReturn
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private var state = State.mark(0)
  private var line = 1
  private var record = CSVRecord(line: 1)
  /// Bytes of the record so far, with quotes and commas.
  private var length = 0

  package init() {}

  /// Reads on, and gives each record that ends in this piece.
  package mutating func read(_ piece: [UInt8], _ give: (CSVRecord) -> Void) {
    for byte in piece { read(byte, give) }
  }

  /// The end of the file, with or without a line end before it.
  package mutating func finish(_ give: (CSVRecord) -> Void) {
    switch state {
    case .mark(let count): releaseMark(count, give)
    case .quoted: note(.unclosedQuote)
    case .carriageReturn:
      note(.bareCarriageReturn)
      length += 1
    case .fieldStart, .unquoted, .quoteInQuoted: break
    }
    endRecord(give)
  }

  private mutating func read(_ byte: UInt8, _ give: (CSVRecord) -> Void) {
    switch state {
    case .mark(let count):
      if byte == Self.byteOrderMark[count] {
        state = count == 2 ? .fieldStart : .mark(count + 1)
      } else {
        releaseMark(count, give)
        read(byte, give)
      }
    case .fieldStart: readFieldStart(byte, give)
    case .unquoted: readUnquoted(byte, give)
    case .quoted: readQuoted(byte)
    case .quoteInQuoted: readAfterQuote(byte, give)
    case .carriageReturn:
      if byte == .lineFeed { return endRecord(give) }
      note(.bareCarriageReturn)
      state = .unquoted
      length += 1
      readUnquoted(byte, give)
    }
  }

  /// What looked like a byte order mark is the first field's.
  private mutating func releaseMark(_ count: Int, _ give: (CSVRecord) -> Void) {
    state = .fieldStart
    for byte in Self.byteOrderMark[..<count] { read(byte, give) }
  }

  private mutating func readFieldStart(_ byte: UInt8, _ give: (CSVRecord) -> Void) {
    if byte == .quote {
      advance()
      state = .quoted
    } else {
      state = .unquoted
      readUnquoted(byte, give)
    }
  }

  private mutating func readUnquoted(_ byte: UInt8, _ give: (CSVRecord) -> Void) {
    switch byte {
    case .comma:
      advance()
      endField()
      state = .fieldStart
    case .lineFeed: endRecord(give)
    case .carriageReturn: state = .carriageReturn
    case .quote:
      note(.strayQuote)
      keep(byte)
    case _: keep(byte)
    }
  }

  private mutating func readQuoted(_ byte: UInt8) {
    if byte == .quote {
      advance()
      state = .quoteInQuoted
    } else {
      if byte == .lineFeed { line += 1 }
      keep(byte)
    }
  }

  private mutating func readAfterQuote(_ byte: UInt8, _ give: (CSVRecord) -> Void) {
    switch byte {
    case .quote:
      keep(byte)
      state = .quoted
    case .comma, .lineFeed, .carriageReturn:
      state = .unquoted
      readUnquoted(byte, give)
    case _:
      note(.textAfterQuote)
      state = .unquoted
      keep(byte)
    }
  }

  // MARK: The record

  private mutating func keep(_ byte: UInt8) {
    advance()
    if length <= Self.recordBytesMax { record.bytes.append(byte) }
  }

  private mutating func advance() {
    length += 1
    if length > Self.recordBytesMax { note(.tooLong) }
  }

  private mutating func note(_ defect: CSVDefect) {
    if record.defect == nil { record.defect = defect }
  }

  private mutating func endField() {
    guard record.ends.count < Self.fieldsMax else { return note(.tooManyFields) }
    record.ends.append(record.bytes.count)
  }

  private mutating func endRecord(_ give: (CSVRecord) -> Void) {
    if length > 0 {
      endField()
      give(record)
    }
    line += 1
    length = 0
    state = .fieldStart
    record = CSVRecord(line: line)
  }
}

extension UInt8 {
  fileprivate static let comma = UInt8(ascii: ",")
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
}

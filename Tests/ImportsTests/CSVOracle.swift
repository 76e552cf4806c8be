// Reads comma-separated values with the whole text at hand: it looks ahead where the reader must remember.
@testable import Imports

enum CSVOracle {
  static func read(_ text: [UInt8]) -> [CSVRecord] {
    var rest = text[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    var records: [CSVRecord] = []
    var line = 1
    while !rest.isEmpty {
      if let end = lineEnd(rest) {
        rest = rest.dropFirst(end)
        line += 1
        continue
      }
      var record = CSVRecord(line: line)
      while true {
        readField(of: &record, &rest, &line)
        record.ends.append(record.bytes.count)
        guard rest.first == 0x2C else { break }
        rest = rest.dropFirst()
      }
      if let end = lineEnd(rest) { rest = rest.dropFirst(end) }
      line += 1
      records.append(record)
    }
    return records
  }

  /// How long the line end is that stands here.
  private static func lineEnd(_ rest: ArraySlice<UInt8>) -> Int? {
    rest.first == 0x0A ? 1 : rest.starts(with: [0x0D, 0x0A]) ? 2 : nil
  }

  private static func note(_ defect: CSVDefect, in record: inout CSVRecord) {
    if record.defect == nil { record.defect = defect }
  }

  private static func readField(
    of record: inout CSVRecord, _ rest: inout ArraySlice<UInt8>, _ line: inout Int
  ) {
    if rest.first == 0x22 {
      rest = rest.dropFirst()
      while let end = rest.firstIndex(of: 0x22) {
        line += rest[..<end].count { $0 == 0x0A }
        record.bytes += rest[..<end]
        rest = rest[(end + 1)...]
        guard rest.first == 0x22 else { return readBare(of: &record, &rest, after: true) }
        record.bytes.append(0x22)
        rest = rest.dropFirst()
      }
      line += rest.count { $0 == 0x0A }
      record.bytes += rest
      rest = []
      note(.unclosedQuote, in: &record)
    } else {
      readBare(of: &record, &rest, after: false)
    }
  }

  /// To the next comma or line end.
  private static func readBare(
    of record: inout CSVRecord, _ rest: inout ArraySlice<UInt8>, after isAfterQuote: Bool
  ) {
    var isFirst = isAfterQuote
    while let byte = rest.first, byte != 0x2C, lineEnd(rest) == nil {
      rest = rest.dropFirst()
      switch byte {
      // It is not kept: it is nobody's text.
      case 0x0D: note(.bareCarriageReturn, in: &record)
      case _ where isFirst:
        note(.textAfterQuote, in: &record)
        record.bytes.append(byte)
      case 0x22:
        note(.strayQuote, in: &record)
        record.bytes.append(byte)
      case _: record.bytes.append(byte)
      }
      isFirst = false
    }
  }
}

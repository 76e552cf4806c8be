// The reader against examples, and against an oracle that has the whole text at once.
import TestSupport
import Testing

@testable import Imports

@Suite struct CSVReaderTests {
  @Test(arguments: [
    ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
    ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
    ("\u{FEFF}a\n", [["a"]]),
    ("\n\r\na\n\n", [["a"]]),
    ("\"a,\"\"b\"\"\r\nc\",d\n", [["a,\"b\"\r\nc", "d"]]),
    ("\"\",\n", [["", ""]]),
    ("\"\"\n", [[""]]),
    (",\n", [["", ""]]),
    ("", []),
  ])
  func `what is well formed is read`(text: String, fields: [[String]]) {
    let records = Self.read([Array(text.utf8)])
    #expect(records.map(\.texts) == fields)
    #expect(records.allSatisfy { $0.defect == nil })
  }

  @Test(arguments: [
    ("a\"b\nc\n", CSVDefect.strayQuote), ("\"a\"b\nc\n", .textAfterQuote), ("a\rb\nc\n", .bareCarriageReturn),
    ("\"a\n", .unclosedQuote), ("a\r", .bareCarriageReturn),
    (String(repeating: ",", count: 64) + "\nc\n", .tooManyFields),
    (String(repeating: "x", count: CSVReader.recordBytesMax + 1) + "\nc\n", .tooLong),
  ])
  func `a defect is the first record's alone`(text: String, defect: CSVDefect) {
    let records = Self.read([Array(text.utf8)])
    #expect(records.first?.defect == defect)
    #expect(records.dropFirst().map(\.texts) == (text.hasSuffix("c\n") ? [["c"]] : []))
    #expect(records.dropFirst().allSatisfy { $0.defect == nil })
  }

  @Test func `the longest line and the most fields are read`() {
    let long = String(repeating: "x", count: CSVReader.recordBytesMax)
    let wide = String(repeating: ",", count: CSVReader.fieldsMax - 1)
    let records = Self.read([Array("\(long)\n\(wide)\n".utf8)])
    #expect(records.map(\.defect) == [nil, nil])
    #expect(records.map(\.count) == [1, CSVReader.fieldsMax])
  }

  @Test func `a quoted field that is too long ends with its quote and holds no records`() {
    let inner = String(repeating: "victim,points,5\n", count: 3_000)
    let records = Self.read([Array("\"\(inner)\",points,1\nnext,points,2\n".utf8)])
    #expect(records.map(\.defect) == [.tooLong, nil])
    #expect(records.last?.texts == ["next", "points", "2"])
    #expect(records.last?.line == 3_002)
    #expect((records.first?.bytes.count ?? 0) <= CSVReader.recordBytesMax)
  }

  @Test func `lines are counted over quoted line ends and empty lines`() {
    let records = Self.read([Array("a\n\n\"b\nc\"\nd\n".utf8)])
    #expect(records.map(\.line) == [1, 3, 5])
  }

  @Test func `any text is read as the oracle reads it, however it is cut`() {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<3_000 {
      let text = Self.text(&random)
      let expected = CSVOracle.read(text)
      #expect(Self.read([text]) == expected, "\(String(decoding: text, as: UTF8.self).debugDescription)")
      #expect(Self.read(Self.cut(text, &random)) == expected)
    }
  }

  @Test func `what is written is read back`() {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<500 {
      let fields = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        String(decoding: Self.text(&random).filter { $0 < 0x80 }, as: UTF8.self)
      }
      let records = Self.read([Array(CSVText.line(fields).utf8)])
      #expect(records.map(\.texts) == [fields])
      #expect(records.first?.defect == nil)
    }
  }

  // MARK: Parts

  private static func read(_ pieces: [[UInt8]]) -> [CSVRecord] {
    var reader = CSVReader()
    var records: [CSVRecord] = []
    for piece in pieces { reader.read(piece) { records.append($0) } }
    reader.finish { records.append($0) }
    return records
  }

  /// Of the bytes that mean something, mostly.
  private static func text(_ random: inout SeededGenerator) -> [UInt8] {
    let alphabet: [UInt8] = Array("a1,,\"\"\n\n\r".utf8) + [0xEF, 0xBB, 0xBF, 0]
    var text: [UInt8] = Int.random(in: 0..<4, using: &random) == 0 ? [0xEF, 0xBB, 0xBF] : []
    for _ in 0..<Int.random(in: 0..<30, using: &random) {
      text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
    }
    return text
  }

  private static func cut(_ text: [UInt8], _ random: inout SeededGenerator) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var rest = text[...]
    while !rest.isEmpty {
      let count = Int.random(in: 0...rest.count, using: &random)
      pieces.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return pieces
  }
}

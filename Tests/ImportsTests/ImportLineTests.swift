// What a line of an import must be, and what is said of one that is not.
import Ledger
import Testing

@testable import Imports

@Suite struct ImportLineTests {
  private static let header = "user,type,balance,display_name,occurred_at,reason,description"

  @Test func `a line is read by the names of its columns`() throws {
    let line = try #require(try Self.line(of: "5,ann,Ann,gems", under: "balance,user,display_name,type"))
    #expect(line.user.text == "ann" && line.type == "gems" && line.balance == 5 && line.displayName == "Ann")
    #expect(line.details == TransactionDetails())
  }

  @Test func `a whole line is read`() throws {
    let line = try #require(
      try Self.line(
        of: "ann,points,9223372036854775807,Ann,7,\"from, old\",\"two\nlines\"", under: Self.header))
    #expect(line.balance == .max && line.details.occurredAt == Instant(microseconds: 7))
    #expect(line.details.reason == "from, old" && line.details.description == "two\nlines")
  }

  @Test(arguments: [
    ("ann,points,0,,,,", LineRefusal.Code.invalidAmount), ("ann,points,-5,,,,", .invalidAmount),
    ("ann,points,5.0,,,,", .invalidAmount), ("ann,points,,,,,", .invalidAmount),
    ("ann,points, 5,,,,", .invalidAmount), ("ann,points,05,,,,", .invalidAmount),
    ("ann,points,+5,,,,", .invalidAmount), ("ann,points,1e3,,,,", .invalidAmount),
    ("ann,points,9223372036854775808,,,,", .invalidAmount),
    (",points,5,,,,", .invalidUser), ("a\u{7}b,points,5,,,,", .invalidUser),
    (String(repeating: "x", count: 129) + ",points,5,,,,", .invalidUser),
    ("ann,points,5,,soon,,", .invalidTime), ("ann,points,5,,11,,", .invalidTime),
    ("ann,points,5,a\nb,,,", .wrongColumnCount), ("ann,points,5,\"a\nb\",,,", .invalidText),
    ("ann,points,5,,,\u{0},", .invalidText),
    ("ann,points,5,,," + String(repeating: "r", count: 513) + ",", .invalidText),
    ("ann,points,5,,,", .wrongColumnCount), ("ann,points,5,,,,,", .wrongColumnCount),
    ("ann,points,5,\"x\"y,,,", .malformed),
    (String(repeating: "x", count: CSVReader.recordBytesMax + 1), .lineTooLong),
  ])
  func `a bad line is refused with its code`(text: String, code: LineRefusal.Code) {
    #expect { try Self.line(of: text, under: Self.header) } throws: { ($0 as? LineRefusal)?.code == code }
  }

  @Test func `what is not UTF-8 is refused`() {
    for (bytes, code) in [
      ([0xFF] + Array(",points,5,,,,".utf8), LineRefusal.Code.invalidUser),
      (Array("ann,".utf8) + [0xC3] + Array(",5,,,,".utf8), .invalidText),
    ] {
      #expect { try Self.line(of: bytes, under: Self.header) } throws: { ($0 as? LineRefusal)?.code == code }
    }
  }

  @Test(arguments: [
    ("user,type", "balance"), ("user,type,balance,user", "twice"),
    ("user,type,balance,ocurred_at", "ocurred_at"),
    ("User,type,balance", "User"), ("user;type;balance", "user;type;balance"), ("\"user", "header"),
  ])
  func `a header that is not understood is refused`(text: String, words: String) {
    #expect { try ImportHeader(try Self.record(Array(text.utf8))) } throws: {
      ($0 as? ImportHeader.Mistake)?.sentence.contains(words) == true
    }
  }

  @Test func `a report can be corrected and imported`() throws {
    let header = try ImportHeader(try Self.record(Array("user,type,balance".utf8)))
    let refused = RefusedLine(
      try Self.record(Array("\"an,n\",points,x".utf8)), LineRefusal(.invalidAmount, "a \"number\", please"))
    let report = RefusedLine.csvHeader(for: header) + refused.csv(under: header)
    let corrected = report.replacing("points,x", with: "points,5").split(separator: "\n").map(String.init)
    let line = try #require(try Self.line(of: corrected[1], under: corrected[0]))
    #expect(line.user.text == "an,n" && line.balance == 5)

    let again = try ImportHeader(try Self.record(Array(corrected[0].utf8)))
    #expect(RefusedLine.csvHeader(for: again) == RefusedLine.csvHeader(for: header))
  }

  // MARK: Parts

  private struct NoRecord: Error {}

  private static func record(_ text: [UInt8]) throws -> CSVRecord {
    var reader = CSVReader()
    var records: [CSVRecord] = []
    reader.read(text) { records.append($0) }
    reader.finish { records.append($0) }
    return try records.first ?? { throw NoRecord() }()
  }

  private static func line(of text: String, under header: String) throws -> ImportLine? {
    try line(of: Array(text.utf8), under: header)
  }

  private static func line(of text: [UInt8], under header: String) throws -> ImportLine? {
    try ImportLine(
      record(text), ImportHeader(record(Array(header.utf8))), latest: Instant(microseconds: 10),
      readInstant: { Int64($0).map { Instant(microseconds: $0) } })
  }
}

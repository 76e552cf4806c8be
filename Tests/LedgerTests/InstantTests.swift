// RFC 3339, read strictly and written always the same, against a calendar that is not ours.
import Foundation
import Ledger
import TestSupport
import Testing

struct InstantTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000001Z", 1), ("1969-12-31T23:59:59.999999Z", -1),
      ("2026-01-31T12:00:00Z", 1_769_860_800_000_000), ("2026-01-31t12:00:00z", 1_769_860_800_000_000),
      ("2026-01-31T13:00:00+01:00", 1_769_860_800_000_000),
      ("2026-01-31T06:30:00-05:30", 1_769_860_800_000_000),
      ("2026-01-31T12:00:00-00:00", 1_769_860_800_000_000),
      ("2026-02-01T11:59:00+23:59", 1_769_860_800_000_000),
      ("2026-01-31T12:00:00.5Z", 1_769_860_800_500_000), ("2026-01-31T12:00:00.12Z", 1_769_860_800_120_000),
      ("2026-01-31T12:00:00.123456Z", 1_769_860_800_123_456),
      ("2026-01-31T12:00:00.123456999Z", 1_769_860_800_123_456),
      ("1969-12-31T23:59:59.9999999Z", -1),
      ("2000-02-29T00:00:00Z", 951_782_400_000_000), ("2024-02-29T23:59:59Z", 1_709_251_199_000_000),
      ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
      ("9999-12-31T23:59:59.999999999Z", 253_402_300_799_999_999),
    ] as [(String, Int64)])
  func `an instant is read`(text: String, microseconds: Int64) {
    #expect(Instant(rfc3339: text)?.microseconds == microseconds)
  }

  @Test(arguments: [
    "", "2026-01-31", "2026-01-31T12:00:00", "2026-01-31T12:00Z", "2026-01-31 12:00:00Z",
    "2026-01-31T12:00:00 Z", " 2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z ", "2026-01-31T12:00:00ZZ",
    "2026-1-31T12:00:00Z", "26-01-31T12:00:00Z", "02026-01-31T12:00:00Z", "+2026-01-31T12:00:00Z",
    "-001-01-31T12:00:00Z", "2026/01/31T12:00:00Z", "2026-01-31T12.00.00Z", "20260131T120000Z",
    "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z",
    "2026-04-31T00:00:00Z", "2026-06-31T00:00:00Z", "2026-09-31T00:00:00Z", "2026-11-31T00:00:00Z",
    "2026-02-29T00:00:00Z", "2024-02-30T00:00:00Z", "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
    "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z", "2026-12-31T23:59:60Z", "2026-01-31T12:00:61Z",
    "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00.1234567890Z", "2026-01-31T12:00:00,5Z",
    "2026-01-31T12:00:00+0100", "2026-01-31T12:00:00+01", "2026-01-31T12:00:00+24:00",
    "2026-01-31T12:00:00+01:60", "2026-01-31T12:00:00+1:00", "2026-01-31T12:00:00+01:00Z",
    "2026-01-31T12:00:00\u{2212}01:00", "2026-01-31T12:00:00 01:00", "٢٠٢٦-01-31T12:00:00Z",
    "0000-12-31T23:59:59Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "1769860800",
    "2026-01-31T12:00:00Z\0",
  ])
  func `what is not exactly an instant is none`(text: String) {
    #expect(Instant(rfc3339: text) == nil)
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
      (1_769_860_800_000_001, "2026-01-31T12:00:00.000001Z"),
      (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
      (-62_135_596_800_000_000, "0001-01-01T00:00:00.000000Z"),
      (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
      (.max, "9999-12-31T23:59:59.999999Z"), (.min, "0001-01-01T00:00:00.000000Z"),
    ] as [(Int64, String)])
  func `an instant is written with six digits, whatever it is`(microseconds: Int64, text: String) {
    let instant = Instant(microseconds: microseconds)
    #expect(instant.rfc3339 == text)
  }

  @Test func `random instants are written as another calendar writes them, and survive`() throws {
    var random = SeededGenerator.forThisRun()
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: false)
    for _ in 0..<5000 {
      // Not before 1600: the other calendar is Julian before 1582.
      let seconds = Int64.random(in: -11_000_000_000...253_402_300_799, using: &random)
      let fraction = Int64.random(in: 0..<1_000_000, using: &random)
      let instant = Instant(microseconds: seconds * 1_000_000 + fraction)
      let other = Date(timeIntervalSince1970: Double(seconds)).formatted(style).dropLast()
      let digits = String(1_000_000 + fraction).dropFirst()
      #expect(instant.rfc3339 == "\(other).\(digits)Z", "seed \(random.seed)")
      #expect(Instant(rfc3339: instant.rfc3339) == instant, "seed \(random.seed)")
    }
  }
}

// Instants as texts and back.
import Foundation
import TestSupport
import Testing

@testable import PointsClient

struct TimestampTests {
  @Test func `an instant is spelt with microseconds`() {
    #expect(Timestamp(microseconds: 0).description == "1970-01-01T00:00:00.000000Z")
    #expect(Timestamp(microseconds: -1).description == "1969-12-31T23:59:59.999999Z")
    #expect(Timestamp(microseconds: 951_782_400_000_001).description == "2000-02-29T00:00:00.000001Z")
  }

  @Test func `an instant reads what it spells and agrees with another calendar`() throws {
    var random = SeededGenerator.forThisRun()
    let calendar = ISO8601DateFormatter()
    for _ in 0..<2_000 {
      // From 1600 on: before 1582 the other calendar is Julian.
      let seconds = Int64.random(in: -11_676_096_000...250_000_000_000, using: &random)
      let fraction = Int64.random(in: 0..<1_000_000, using: &random)
      let instant = Timestamp(microseconds: seconds * 1_000_000 + fraction)
      #expect(Timestamp(instant.description) == instant)
      let theirs = calendar.string(from: Date(timeIntervalSince1970: Double(seconds)))
      #expect(instant.description.prefix(19) == theirs.prefix(19))
    }
  }

  @Test(arguments: [
    ("2026-01-31T12:00:00Z", 1_769_860_800_000_000), ("2026-01-31T12:00:00.5Z", 1_769_860_800_500_000),
    ("2026-01-31t14:00:00.123456789+02:00", 1_769_860_800_123_456),
    ("2026-01-31T11:30:00-00:30", 1_769_860_800_000_000),
  ])
  func `other spellings of RFC 3339 are read too`(text: String, microseconds: Int64) {
    #expect(Timestamp(text)?.microseconds == microseconds)
  }

  @Test(arguments: [
    "", "2026-01-31", "2026-01-31T12:00:00", "2026-02-29T12:00:00Z", "2026-13-01T12:00:00Z",
    "2026-00-01T12:00:00Z", "2026-01-00T12:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z",
    "2026-01-31T12:00:60Z", "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00.1234567890Z",
    "2026-01-31T12:00:00Zx", "2026-01-31T12:00:00+2:00", "2026/01/31T12:00:00Z", "2026-01-31 12:00:00Z",
    "+026-01-31T12:00:00Z",
  ])
  func `what is no instant is refused`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func `seconds of other libraries are taken and given`() {
    #expect(Timestamp(secondsSince1970: 1.5).microseconds == 1_500_000)
    #expect(Timestamp(secondsSince1970: 1e300).microseconds == .max)
    #expect(Timestamp(microseconds: 2_500_000).secondsSince1970 == 2.5)
  }
}

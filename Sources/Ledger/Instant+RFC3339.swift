// Instants as callers write them (RFC 3339), by integer arithmetic alone: the C library's calendar reads a
// locale and a time zone, repairs what is out of range, and costs more than the rest of an answer.
private import Calendar

extension Instant {
  /// The instants that RFC 3339 can spell: the years 1 to 9999.
  package static let earliestWritten = Instant(microseconds: -62_135_596_800_000_000)
  package static let latestWritten = Instant(microseconds: 253_402_300_799_999_999)

  /// Reads `2026-01-31T12:00:00Z`, with up to nine digits of a second's fraction and any offset. What is
  /// finer than a microsecond is cut off. Nil for anything else: a day that no calendar has, a leap second
  /// (no clock of ours can count it), an instant outside the years 1 to 9999.
  package init?(rfc3339 text: String) {
    self.init(rfc3339: text.utf8.span)
  }

  package init?(rfc3339 text: Span<UInt8>) {
    var reader = InstantReader()
    guard let microseconds = reader.microseconds(of: text) else { return nil }
    self.init(microseconds: microseconds)
    guard self >= Self.earliestWritten, self <= Self.latestWritten else { return nil }
  }

  /// `2026-01-31T12:00:00.000001Z`, always with six digits. What lies outside the years 1 to 9999 has no such
  /// form and is written as the nearest instant that has one.
  package var rfc3339: String {
    let bytes = rfc3339Bytes
    return unsafe bytes.span.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }

  private static let daysFromYear1To1970 = 719_162

  package var rfc3339Bytes: InlineArray<27, UInt8> {
    let instant = min(max(self, Self.earliestWritten), Self.latestWritten)
    // From the year 1 on, so that nothing is negative.
    let ticks = UInt64(instant.microseconds - Self.earliestWritten.microseconds)
    let (seconds, fraction) = ticks.quotientAndRemainder(dividingBy: 1_000_000)
    let (days, second) = seconds.quotientAndRemainder(dividingBy: 86400)
    let date = CivilDate(daysSince1970: Int(days) - Self.daysFromYear1To1970)
    var bytes = InlineArray<27, UInt8>(repeating: 0x2D)
    bytes.writePair(date.year / 100, at: 0)
    bytes.writePair(date.year % 100, at: 2)
    bytes.writePair(date.month, at: 5)
    bytes.writePair(date.day, at: 8)
    bytes[10] = 0x54
    bytes.writePair(Int(second / 3600), at: 11)
    bytes[13] = 0x3A
    bytes.writePair(Int(second / 60 % 60), at: 14)
    bytes[16] = 0x3A
    bytes.writePair(Int(second % 60), at: 17)
    bytes[19] = 0x2E
    bytes.writePair(Int(fraction / 10_000), at: 20)
    bytes.writePair(Int(fraction / 100 % 100), at: 22)
    bytes.writePair(Int(fraction % 100), at: 24)
    bytes[26] = 0x5A
    return bytes
  }
}

extension InlineArray<27, UInt8> {
  /// Two digits, of a number below 100.
  @inline(__always)
  fileprivate mutating func writePair(_ value: Int, at place: Int) {
    self[place] = 0x30 | UInt8(truncatingIfNeeded: value / 10)
    self[place + 1] = 0x30 | UInt8(truncatingIfNeeded: value % 10)
  }
}

// The grammar of RFC 3339, byte by byte. Nil at the first byte that cannot stand where it stands.
private import Calendar

struct InstantReader {
  private var position = 0

  /// Microseconds since 1970 of a text that is nothing but a date and time.
  mutating func microseconds(of text: Span<UInt8>) -> Int64? {
    guard let year = digits(4, in: text), skip(0x2D, in: text), let month = digits(2, in: text),
      skip(0x2D, in: text), let day = digits(2, in: text),
      let date = CivilDate(year: year, month: month, day: day), CivilDate.writtenYears ~= year,
      skip(0x54, orSmall: true, in: text),
      let hour = digits(2, in: text), hour < 24, skip(0x3A, in: text),
      let minute = digits(2, in: text), minute < 60, skip(0x3A, in: text),
      let second = digits(2, in: text), second < 60,
      let fraction = fraction(in: text), let offset = offset(in: text), position == text.count
    else { return nil }
    let seconds = date.daysSince1970 * 86400 + hour * 3600 + (minute - offset) * 60 + second
    return Int64(seconds) * 1_000_000 + Int64(fraction)
  }

  private mutating func digits(_ count: Int, in text: Span<UInt8>) -> Int? {
    guard position + count <= text.count else { return nil }
    var value = 0
    for _ in 0..<count {
      let digit = text[position] &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
      position += 1
    }
    return value
  }

  private mutating func skip(_ byte: UInt8, orSmall: Bool = false, in text: Span<UInt8>) -> Bool {
    guard position < text.count else { return false }
    guard text[position] == byte || (orSmall && text[position] == byte | 0x20) else { return false }
    position += 1
    return true
  }

  /// Whole microseconds of the fraction, if there is one.
  private mutating func fraction(in text: Span<UInt8>) -> Int? {
    guard skip(0x2E, in: text) else { return 0 }
    var microseconds = 0
    var count = 0
    while position < text.count, text[position] &- 0x30 < 10 {
      if count < 6 { microseconds = microseconds * 10 + Int(text[position] &- 0x30) }
      count += 1
      position += 1
    }
    guard 1...9 ~= count else { return nil }
    while count < 6 {
      microseconds *= 10
      count += 1
    }
    return microseconds
  }

  /// Minutes ahead of Universal Time.
  private mutating func offset(in text: Span<UInt8>) -> Int? {
    if skip(0x5A, orSmall: true, in: text) { return 0 }
    let isAhead = skip(0x2B, in: text)
    guard isAhead || skip(0x2D, in: text), let hours = digits(2, in: text), hours < 24, skip(0x3A, in: text),
      let minutes = digits(2, in: text), minutes < 60
    else { return nil }
    return (hours * 60 + minutes) * (isAhead ? 1 : -1)
  }
}

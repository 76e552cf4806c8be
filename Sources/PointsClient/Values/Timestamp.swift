// An instant as the service counts them: microseconds. A calendar library would bring Foundation along, and a
// double would lose the microseconds that tell two transactions apart.

/// An instant of Universal Time, to the microsecond.
public struct Timestamp: Sendable, Hashable {
  /// Since 1970-01-01T00:00:00Z; leap seconds are not counted.
  public let microseconds: Int64

  /// An instant by its distance from 1970-01-01T00:00:00Z.
  public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// An instant by its seconds since 1970, such as Foundation's `Date.timeIntervalSince1970`.
  public init(secondsSince1970 seconds: Double) {
    microseconds = Int64(exactly: (seconds * 1_000_000).rounded()) ?? (seconds < 0 ? .min : .max)
  }

  /// Seconds since 1970, for Foundation's `Date(timeIntervalSince1970:)`.
  public var secondsSince1970: Double { Double(microseconds) / 1_000_000 }

  /// Reads RFC 3339, such as `2026-01-31T12:00:00.000001Z` or `2026-01-31T14:00:00+02:00`; nil for anything
  /// else, and for dates that there are not.
  public init?(_ text: String) {
    guard let instant = Self.parse(Array(text.utf8)) else { return nil }
    self = instant
  }
}

extension Timestamp: Comparable {
  /// Earlier comes first.
  public static func < (earlier: Timestamp, later: Timestamp) -> Bool {
    earlier.microseconds < later.microseconds
  }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 with microseconds in Universal Time.
  public var description: String {
    let (second, fraction) = microseconds.dividedDown(by: 1_000_000)
    let (day, secondOfDay) = second.dividedDown(by: 86_400)
    let (year, month, dayOfMonth) = Self.date(ofDay: day)
    let date = "\(year.padded(to: 4))-\(month.padded(to: 2))-\(dayOfMonth.padded(to: 2))"
    let (hour, rest) = secondOfDay.dividedDown(by: 3600)
    let time = "\(hour.padded(to: 2)):\((rest / 60).padded(to: 2)):\((rest % 60).padded(to: 2))"
    return "\(date)T\(time).\(fraction.padded(to: 6))Z"
  }
}

extension Timestamp {
  private static func parse(_ text: [UInt8]) -> Timestamp? {
    guard text.count >= 20, let year = text.number(0..<4), let month = text.number(5..<7),
      let day = text.number(8..<10), let hour = text.number(11..<13), let minute = text.number(14..<16),
      let second = text.number(17..<19), text[4] == 0x2D, text[7] == 0x2D, text[10] | 0x20 == 0x74,
      text[13] == 0x3A, text[16] == 0x3A, hour < 24, minute < 60, second < 60
    else { return nil }
    let dayNumber = Self.day(year, month, day)
    let (sameYear, sameMonth, sameDay) = date(ofDay: dayNumber)
    guard (sameYear, sameMonth, sameDay) == (year, month, day) else { return nil }
    var position = 19
    guard let fraction = fraction(text, &position), let offset = offset(Array(text[position...])) else {
      return nil
    }
    let seconds = dayNumber * 86_400 + hour * 3600 + minute * 60 + second - offset
    return Timestamp(microseconds: seconds * 1_000_000 + fraction)
  }

  /// The microseconds behind the point; further digits are cut off.
  private static func fraction(_ text: [UInt8], _ position: inout Int) -> Int64? {
    guard text[position] == 0x2E else { return 0 }
    position += 1
    var microseconds: Int64 = 0
    var digits = 0
    while position < text.count, text[position] &- 0x30 < 10 {
      if digits < 6 { microseconds = microseconds * 10 + Int64(text[position] - 0x30) }
      digits += 1
      position += 1
    }
    guard (1...9).contains(digits) else { return nil }
    for _ in 0..<max(0, 6 - digits) { microseconds *= 10 }
    return microseconds
  }

  /// Seconds east of Greenwich.
  private static func offset(_ text: [UInt8]) -> Int64? {
    if text.count == 1, text[0] | 0x20 == 0x7A { return 0 }
    guard text.count == 6, text[0] == 0x2B || text[0] == 0x2D, text[3] == 0x3A,
      let hours = text.number(1..<3), let minutes = text.number(4..<6), hours < 24, minutes < 60
    else { return nil }
    return (text[0] == 0x2B ? 1 : -1) * (hours * 3600 + minutes * 60)
  }

  /// Days since 1970. Years begin in March here, so that the leap day is the last of its year, and repeat
  /// after 400 years, which are 146,097 days.
  private static func day(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let (era, yearOfEra) = (month <= 2 ? year - 1 : year).dividedDown(by: 400)
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = (day + 719_468).dividedDown(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }
}

extension Int64 {
  /// The quotient rounded down, and a remainder that is never negative.
  fileprivate func dividedDown(by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  fileprivate func padded(to digits: Int) -> String {
    let text = String(self)
    return String(repeating: "0", count: Swift.max(0, digits - text.utf8.count)) + text
  }
}

extension [UInt8] {
  fileprivate func number(_ range: Range<Int>) -> Int64? {
    self[range].decimal.map { Int64($0) }
  }
}

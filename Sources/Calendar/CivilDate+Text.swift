// Dates as people and labels write them: `2026-11-21`, `2026-11`, and the week of ISO 8601, `2026-W47`.

extension CivilDate: CustomStringConvertible {
  /// `2026-11-21`.
  package var description: String { "\(monthText)-\(Self.padded(day))" }

  /// `2026-11`.
  package var monthText: String { "\(Self.padded(year, to: 4))-\(Self.padded(month))" }

  /// The week of ISO 8601: it begins on a Monday and belongs to the year that its Thursday is in.
  package var isoWeek: (year: Int, week: Int) {
    let thursday = adding(days: Weekday.thursday.rawValue - weekday.rawValue)
    let firstOfYear = CivilDate(monthsSince1970: (thursday.year - 1970) * 12)
    return (thursday.year, (thursday.daysSince1970 - firstOfYear.daysSince1970) / 7 + 1)
  }

  /// `2026-W47`.
  package var isoWeekText: String {
    let (year, week) = isoWeek
    return "\(Self.padded(year, to: 4))-W\(Self.padded(week))"
  }

  private static func padded(_ number: Int, to length: Int = 2) -> String {
    let digits = String(number.magnitude)
    let zeros = String(repeating: "0", count: max(0, length - digits.utf8.count))
    return (number < 0 ? "-" : "") + zeros + digits
  }
}

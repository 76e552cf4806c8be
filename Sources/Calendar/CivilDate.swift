// A date without a place: year, month and day of the proleptic Gregorian calendar, which is what RFC 3339,
// Postgres and the time zone database count by. This is the only arithmetic of dates in the service; it is
// done in whole numbers, since the C library's reads a locale and a time zone and repairs what is wrong.

package struct CivilDate: Sendable, Hashable, Comparable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// The years that RFC 3339 can write. Periods and schedules end with them.
  package static let writtenYears = 1...9999

  private static let daysOf4Years = 1461
  private static let daysOf100Years = 36_524
  private static let daysOf400Years = 146_097
  /// From the first of March of the year 0 to 1970. Years are counted from March inside, so that the leap day
  /// is the last one.
  private static let daysBefore1970 = 719_468
  /// Every microsecond that an `Int64` can count lies within so many days of 1970.
  private static let farthestDay = 106_800_000

  /// Nil for a day that does not exist, and for years that no instant of ours reaches.
  package init?(year: Int, month: Int, day: Int) {
    guard -290_000...290_000 ~= year, 1...12 ~= month, day >= 1, day <= Self.days(of: month, in: year) else {
      return nil
    }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The date so many days after 1970-01-01; what no instant of ours can reach is the last date it can.
  package init(daysSince1970 days: Int) {
    let shifted = Self.clamped(days) + Self.daysBefore1970
    let (era, dayOfEra) = shifted.dividedDown(by: Self.daysOf400Years)
    let leapDays =
      dayOfEra / (Self.daysOf4Years - 1) - dayOfEra / Self.daysOf100Years
      + dayOfEra / (Self.daysOf400Years - 1)
    let yearOfEra = (dayOfEra - leapDays) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    // March to July, and August to December, have 153 days in the same pattern of 31 and 30.
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
  }

  /// How many days after 1970-01-01 it is.
  package var daysSince1970: Int {
    let marchYear = month > 2 ? year : year - 1
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let (era, yearOfEra) = marchYear.dividedDown(by: 400)
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return era * Self.daysOf400Years + 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
      - Self.daysBefore1970
  }

  package var weekday: Weekday {
    // 1970-01-01 was a Thursday, three days after a Monday.
    switch (daysSince1970 + 3).dividedDown(by: 7).remainder {
    case 0: .monday
    case 1: .tuesday
    case 2: .wednesday
    case 3: .thursday
    case 4: .friday
    case 5: .saturday
    case _: .sunday
    }
  }

  package func adding(days: Int) -> CivilDate {
    CivilDate(daysSince1970: daysSince1970 + Self.clamped(days))
  }

  /// The same day so many months later, or the last day of that month when it is shorter.
  package func adding(months: Int) -> CivilDate {
    let first = CivilDate(monthsSince1970: monthsSince1970 + Self.clamped(months))
    return first.adding(days: min(day, Self.days(of: first.month, in: first.year)) - 1)
  }

  /// The first day of a month, where January 1970 is month 0.
  package init(monthsSince1970 months: Int) {
    let (years, month) = Self.clamped(months).dividedDown(by: 12)
    let year = min(max(years + 1970, -290_000), 290_000)
    (self.year, self.month, day) = (year, month + 1, 1)
  }

  package var monthsSince1970: Int { (year - 1970) * 12 + month - 1 }

  package static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// How many days a month has; the month is 1 to 12.
  package static func days(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    case _: 31
    }
  }

  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func clamped(_ count: Int) -> Int { min(max(count, -farthestDay), farthestDay) }
}

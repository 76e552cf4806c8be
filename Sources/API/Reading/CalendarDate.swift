// The proleptic Gregorian calendar, which is what RFC 3339 and Postgres count by.

struct CalendarDate: Equatable {
  let year: Int
  let month: Int
  let day: Int

  private static let daysOf4Years = 1461
  private static let daysOf100Years = 36_524
  private static let daysOf400Years = 146_097

  /// Nil for a day that does not exist.
  init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month, day >= 1, day <= Self.days(of: month, in: year) else {
      return nil
    }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The date so many days after the first of January of the year 1.
  init(daysSinceYear1 days: Int) {
    // Years are counted from March, so that the leap day is the last one; the first January of all is 306
    // days behind the first March.
    let shifted = days + 306
    let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: Self.daysOf400Years)
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

  /// How many days after the first of January of the year 1 it is.
  var daysSinceYear1: Int {
    let marchYear = month > 2 ? year : year - 1
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return 365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 306
  }

  private static func days(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    case _: 31
    }
  }
}

// A day that comes once a year, in the three ways POSIX can name it.

enum YearlyDay: Sendable, Equatable {
  /// 1 to 365: the leap day is never counted, and never named.
  case ordinaryDay(Int)
  /// 0 to 365: the leap day is counted.
  case day(Int)
  /// The first to fourth, or last (5), such weekday of the month; Sunday is 0.
  case weekday(Int, week: Int, month: Int)

  func daysSince1970(in year: Int) -> Int {
    let newYear = CivilDate(monthsSince1970: (year - 1970) * 12).daysSince1970
    switch self {
    case .ordinaryDay(let number):
      return newYear + number - (CivilDate.isLeap(year) && number >= 60 ? 0 : 1)
    case .day(let number): return newYear + number
    case .weekday(let weekday, let week, let month):
      let first = CivilDate(monthsSince1970: (year - 1970) * 12 + month - 1)
      let day = (weekday - first.weekday.fromSunday + 7) % 7 + (week - 1) * 7
      let isInMonth = day < CivilDate.days(of: month, in: year)
      return first.daysSince1970 + (isInMonth ? day : day - 7)
    }
  }
}

// The times of day and the days that a cron expression selects, on a calendar without a place.

struct CronTimes: Sendable, Hashable {
  let minutes: CronSelection
  let hours: CronSelection
  let daysOfMonth: CronSelection
  let months: CronSelection
  let daysOfWeek: CronSelection

  /// Whether hours are counted as they really pass, and not read from the clock: they are where the field
  /// has a star in front or names all of them.
  var countsHours: Bool { hours.isOpen || (0..<24).allSatisfy { hours.contains($0) } }

  /// Whether there is a day at all. Days of the week restrict nothing for ever: in 400 years each date comes
  /// on each of them, and so does the leap day.
  var everComes: Bool {
    if !daysOfMonth.isOpen && !daysOfWeek.isOpen { return true }
    let leapYear = 2000
    return (1...12).contains { month in
      months.contains(month)
        && (daysOfMonth.first(from: 1) ?? .max) <= CivilDate.days(of: month, in: leapYear)
    }
  }

  /// The first selected time that is not before this one, if it comes within so many years and before the
  /// calendar ends.
  func first(from start: CivilDateTime, years: Int) -> CivilDateTime? {
    let lastYear = min(start.date.year + years, CivilDate.writtenYears.upperBound)
    var date = start.date
    guard date.year <= lastYear else { return nil }
    if let time = firstTime(from: start.time), contains(date) { return CivilDateTime(date: date, time: time) }
    guard let midnight = firstTime(from: .midnight) else { return nil }
    date = date.adding(days: 1)
    while date.year <= lastYear {
      if !months.contains(date.month) {
        date = CivilDate(monthsSince1970: date.monthsSince1970 + 1)
      } else if contains(date) {
        return CivilDateTime(date: date, time: midnight)
      } else {
        date = date.adding(days: 1)
      }
    }
    return nil
  }

  /// Where both fields of days restrict something, either is enough.
  private func contains(_ date: CivilDate) -> Bool {
    guard months.contains(date.month) else { return false }
    let (byMonth, byWeek) = (
      daysOfMonth.contains(date.day), daysOfWeek.contains(date.weekday.fromSunday)
    )
    return daysOfMonth.isOpen || daysOfWeek.isOpen ? byMonth && byWeek : byMonth || byWeek
  }

  /// The first selected time of any day that is not before this one.
  private func firstTime(from start: CivilTime) -> CivilTime? {
    // Selected times are whole minutes, so one that has begun is over.
    let minuteOfDay = (start.secondOfDay + 59) / 60
    let (hour, minute) = (minuteOfDay / 60, minuteOfDay % 60)
    if hours.contains(hour), let minute = minutes.first(from: minute) {
      return CivilTime(hour: hour, minute: minute)
    }
    guard let later = hours.first(from: hour + 1), let minute = minutes.first(from: 0) else { return nil }
    return CivilTime(hour: later, minute: minute)
  }
}

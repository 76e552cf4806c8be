// How time is divided into periods. They begin at local midnight, touch each other exactly, and each has a
// label that a person can read and a number that a row can hold.
//
// An instant belongs to the period whose bounds enclose it. Nearly always that is the one of its local date.
// But where clocks are put back over midnight, the date before comes again for an hour behind the start of
// the new one. Then the new period goes on.

package enum PeriodRule: Sendable, Hashable {
  /// One period without bounds.
  case allTime
  case daily
  case weekly(firstDay: Weekday)
  case monthly
  /// Beginnings and ends are given one by one, elsewhere: the rule knows none.
  case seasons

  /// The period that holds an instant. Nil for seasons, and outside the years 1 to 9999.
  package func period(containing instant: UnixMicroseconds, in zone: TimeZone) -> Period? {
    if self == .allTime { return Self.always }
    let date = zone.civil(at: instant).date
    guard CivilDate.writtenYears ~= date.year, var index = index(of: date) else { return nil }
    // Over a midnight that comes twice, the date is behind the period.
    while let end = start(of: index + 1, in: zone), end <= instant { index += 1 }
    return period(numbered: index, in: zone)
  }

  /// The period behind a period of this rule and zone. Nil for all time, for seasons, and after the year
  /// 9999.
  package func period(after period: Period, in zone: TimeZone) -> Period? {
    self.period(containing: period.end, in: zone).flatMap { $0.index > period.index ? $0 : nil }
  }

  /// The period of a number. Nil where there is none: for seasons, for a day that clocks skipped altogether,
  /// and outside the years 1 to 9999.
  package func period(at index: Int32, in zone: TimeZone) -> Period? {
    if self == .allTime { return index == 0 ? Self.always : nil }
    return period(numbered: Int(index), in: zone)
  }

  private func period(numbered index: Int, in zone: TimeZone) -> Period? {
    guard let first = firstDay(of: index), CivilDate.writtenYears ~= first.year,
      let start = self.start(of: index, in: zone),
      let end = self.start(of: index + 1, in: zone), start < end
    else { return nil }
    return Period(index: Int32(index), label: label(first), start: start, end: end)
  }

  private static let always = Period(index: 0, label: "all", start: .min, end: .max)

  private func index(of date: CivilDate) -> Int? {
    switch self {
    case .allTime, .seasons: nil
    case .daily: date.daysSince1970
    case .weekly(let firstDay):
      (date.daysSince1970 + Self.daysBefore1970(firstDay)).dividedDown(by: 7).quotient
    case .monthly: date.monthsSince1970
    }
  }

  private func firstDay(of index: Int) -> CivilDate? {
    switch self {
    case .allTime, .seasons: nil
    case .daily: CivilDate(daysSince1970: index)
    case .weekly(let firstDay): CivilDate(daysSince1970: index * 7 - Self.daysBefore1970(firstDay))
    case .monthly: CivilDate(monthsSince1970: index)
    }
  }

  private func start(of index: Int, in zone: TimeZone) -> UnixMicroseconds? {
    firstDay(of: index).map { zone.start(of: $0) }
  }

  private func label(_ first: CivilDate) -> String {
    switch self {
    case .allTime, .seasons: ""
    case .daily: first.description
    case .weekly(let firstDay): firstDay == .monday ? first.isoWeekText : first.description
    case .monthly: first.monthText
    }
  }

  /// How many days of the week that holds 1970-01-01, week 0, lie before that day.
  private static func daysBefore1970(_ firstDay: Weekday) -> Int { Weekday.thursday.days(after: firstDay) }
}

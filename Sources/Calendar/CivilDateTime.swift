// What a calendar and a clock on the wall show together. Which instant that is, only a time zone can tell.

package struct CivilDateTime: Sendable, Hashable, Comparable {
  package let date: CivilDate
  package let time: CivilTime

  package init(date: CivilDate, time: CivilTime = .midnight) {
    (self.date, self.time) = (date, time)
  }

  /// What a clock shows so many seconds after it showed 1970-01-01 00:00.
  package init(secondsSince1970 seconds: Int) {
    let (days, second) = seconds.dividedDown(by: Self.secondsOfDay)
    (date, time) = (CivilDate(daysSince1970: days), CivilTime(secondOfDay: second))
  }

  package var secondsSince1970: Int { date.daysSince1970 * Self.secondsOfDay + time.secondOfDay }

  package static func < (left: Self, right: Self) -> Bool {
    (left.date, left.time) < (right.date, right.time)
  }

  static let secondsOfDay = 86400
}

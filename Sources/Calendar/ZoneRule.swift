// The rule by which the clocks of a zone are changed for ever: a standard time, and perhaps a daylight-saving
// time with the moments of the year at which it begins and ends (the TZ of POSIX, as RFC 9636 extends it).

struct ZoneRule: Sendable, Equatable {
  /// Seconds ahead of Universal Time.
  let standardOffset: Int
  let daylight: Daylight?

  struct Daylight: Sendable, Equatable {
    let offset: Int
    let begin: YearlyMoment
    let end: YearlyMoment
  }

  /// A day of the year, and a time on its clock that may lie up to a week before or behind that day.
  struct YearlyMoment: Sendable, Equatable {
    let day: YearlyDay
    let seconds: Int

    func secondsSince1970(in year: Int) -> Int {
      day.daysSince1970(in: year) * CivilDateTime.secondsOfDay + seconds
    }
  }

  func offset(at second: Int) -> Int {
    guard let daylight else { return standardOffset }
    var latest = (second: Int.min, offset: standardOffset)
    // A moment of a year may lie in the year before or behind. Of moments at once, the later year's counts:
    // daylight-saving time that ends when it begins anew never ends. In one year it then never begins.
    for year in years(around: second) {
      let begin = self.begin(in: year, daylight)
      if latest.second <= begin, begin <= second { latest = (begin, daylight.offset) }
      let end = self.end(in: year, daylight)
      if latest.second <= end, end <= second { latest = (end, standardOffset) }
    }
    return latest.offset
  }

  func change(after second: Int) -> Int? {
    guard let daylight else { return nil }
    var next: Int?
    for year in years(around: second) {
      let begin = self.begin(in: year, daylight)
      if begin > second { next = min(begin, next ?? begin) }
      let end = self.end(in: year, daylight)
      if end > second { next = min(end, next ?? end) }
    }
    return next
  }

  private func years(around second: Int) -> ClosedRange<Int> {
    let year = CivilDateTime(secondsSince1970: second).date.year
    return (year - 2)...(year + 2)
  }

  private func begin(in year: Int, _ daylight: Daylight) -> Int {
    daylight.begin.secondsSince1970(in: year) - standardOffset
  }

  private func end(in year: Int, _ daylight: Daylight) -> Int {
    daylight.end.secondsSince1970(in: year) - daylight.offset
  }
}

// Which day it is, found by looking at the clock again and again, and what days are called, found by counting
// them one by one: slowly, and in other words than the calendar's own.
import Calendar

/// What the clocks of a zone show. Of the zone only the offset at an instant is asked for.
struct ShownDays {
  let zone: TimeZone

  /// The latest day that clocks have shown by this instant, counted from 1970. Where they are put back over
  /// midnight, the date that they show then was over before.
  func latest(at instant: Int64) -> Int {
    let now = Self.wholeSecond(instant)
    var latest = now + offset(now)
    var second = now
    // Clocks were never put back by more than a day.
    while second > now - 49 * 3_600 {
      let earlier = second - 1_800
      if offset(earlier) != offset(second) {
        let last = lastSecond(showing: offset(earlier), from: earlier, to: second)
        latest = max(latest, last + offset(last))
      }
      second = earlier
    }
    return Self.divided(latest, by: 86_400)
  }

  private func lastSecond(showing offset: Int, from start: Int, to end: Int) -> Int {
    var (low, high) = (start, end)
    while high - low > 1 {
      let middle = (low + high) / 2
      if self.offset(middle) == offset { low = middle } else { high = middle }
    }
    return low
  }

  private func offset(_ second: Int) -> Int { zone.offset(at: Int64(second) * 1_000_000) }

  private static func wholeSecond(_ instant: Int64) -> Int { divided(Int(instant), by: 1_000_000) }

  static func divided(_ number: Int, by divisor: Int) -> Int {
    number >= 0 ? number / divisor : -((-number + divisor - 1) / divisor)
  }
}

/// The period of a rule that a day belongs to.
struct NamedPeriod: Equatable {
  let number: Int
  let label: String

  init?(of day: Int, _ rule: PeriodRule) {
    switch rule {
    case .daily:
      (number, label) = (day, Self.text(day))
    case .monthly:
      let (year, month, _) = Self.date(day)
      (number, label) = ((year - 1970) * 12 + month - 1, String(Self.text(day).prefix(7)))
    case .weekly(let firstDay):
      let start = Self.lastDay(firstDay.rawValue, upTo: day)
      number = (start - Self.lastDay(firstDay.rawValue, upTo: 0)) / 7
      label = firstDay == .monday ? Self.week(startingOn: start) : Self.text(start)
    case .allTime, .seasons: return nil
    }
  }

  /// Days of the week are 1 for Monday to 7; 1970 began with a Thursday.
  private static func lastDay(_ weekday: Int, upTo day: Int) -> Int {
    var day = day
    while (((day + 3) % 7) + 7) % 7 + 1 != weekday { day -= 1 }
    return day
  }

  /// A week belongs to the year of its Thursday, and is called by how many Thursdays that year had by then.
  private static func week(startingOn monday: Int) -> String {
    let thursday = monday + 3
    let year = date(thursday).year
    var count = 0
    var day = thursday
    while date(day).year == year { (count, day) = (count + 1, day - 7) }
    return "\(padded(year, 4))-W\(padded(count, 2))"
  }

  private static func text(_ day: Int) -> String {
    let (year, month, dayOfMonth) = date(day)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
  }

  private static func date(_ day: Int) -> (year: Int, month: Int, day: Int) {
    var (year, left) = (1970, day)
    while left < 0 { (year, left) = (year - 1, left + length(year - 1)) }
    while left >= length(year) { (year, left) = (year + 1, left - length(year)) }
    for (index, days) in months(year).enumerated() {
      if left < days { return (year, index + 1, left + 1) }
      left -= days
    }
    return (year, 12, 31)
  }

  private static func length(_ year: Int) -> Int { months(year).reduce(0, +) }

  private static func months(_ year: Int) -> [Int] {
    let february = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28
    return [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  }
}

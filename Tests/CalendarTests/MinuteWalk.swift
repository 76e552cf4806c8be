// A walk through every real minute of some days around a change of the clock, to find by looking what a cron
// expression has to find by computing.
import TestSupport
import Testing

@testable import Calendar

struct MinuteWalk {
  let zone: TimeZone
  let start: Int
  let end: Int
  /// What the clock shows at each minute, in minutes since 1970.
  private let shown: [Int]

  init(_ name: String, _ random: inout SeededGenerator) throws {
    zone = try InstalledZones.zone(name)
    // From 1975 on, since when all these zones are whole minutes away from Universal Time.
    let any = Int.random(in: 157_766_400...3_000_000_000, using: &random)
    let change = zone.history.change(after: any) ?? any
    start = (change - 2 * 86400) / 60 * 60
    end = start + 4 * 86400
    let history = zone.history
    shown = stride(from: start, to: end, by: 60).map { second in
      (second + history.offset(at: second)).dividedDown(by: 60).quotient
    }
  }

  /// The seconds at which these are due.
  func due(_ fields: CronFields) -> [Int] {
    let passAsTheyDo = fields.hours.hasStar || fields.hours.numbers.count == 24
    let days = Set(shown.map { $0.dividedDown(by: 1440).quotient })
    let dueDays = days.filter { Self.isDue($0, fields) }
    func isDue(_ minute: Int) -> Bool {
      let (day, minuteOfDay) = minute.dividedDown(by: 1440)
      return fields.minutes.numbers.contains(minuteOfDay % 60)
        && fields.hours.numbers.contains(minuteOfDay / 60)
        && (dueDays.contains(day) || (!days.contains(day) && Self.isDue(day, fields)))
    }
    var found: [Int] = []
    var latest = shown[0] - 1
    for (place, minute) in shown.enumerated() {
      // Times on the clock are met when it shows them or more for the first time.
      let isMet =
        passAsTheyDo ? isDue(minute) : minute > latest && ((latest + 1)...minute).contains(where: isDue)
      if isMet { found.append(start + place * 60) }
      latest = max(latest, minute)
    }
    return found
  }

  private static func isDue(_ day: Int, _ fields: CronFields) -> Bool {
    let date = CivilDate(daysSince1970: day)
    let byMonth = fields.daysOfMonth.numbers.contains(date.day)
    let byWeek = fields.daysOfWeek.numbers.contains(date.weekday.rawValue % 7)
    let isDay =
      fields.daysOfMonth.hasStar || fields.daysOfWeek.hasStar ? byMonth && byWeek : byMonth || byWeek
    return isDay && fields.months.numbers.contains(date.month)
  }
}

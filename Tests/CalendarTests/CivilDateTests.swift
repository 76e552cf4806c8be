// Dates, against counting on the fingers and against Python.
import TestSupport
import Testing

@testable import Calendar

struct CivilDateTests {
  @Test func `every day of the years 1 to 9999 is followed by the next`() {
    var expected = (year: 1, month: 1, day: 1)
    for days in -719_162..<2_932_897 {
      let date = CivilDate(daysSince1970: days)
      guard date.year == expected.year, date.month == expected.month, date.day == expected.day,
        date.daysSince1970 == days
      else {
        Issue.record("\(date) on day \(days)")
        return
      }
      if CivilDate(year: date.year, month: date.month, day: date.day + 1) != nil {
        expected.day += 1
      } else if date.month < 12 {
        expected = (date.year, date.month + 1, 1)
      } else {
        expected = (date.year + 1, 1, 1)
      }
    }
    #expect(expected == (10_000, 1, 1))
  }

  @Test func `dates, weekdays and weeks are those of another calendar`() throws {
    var random = SeededGenerator.forThisRun()
    var oracle = ZoneinfoOracle()
    // Each turn of a year of forty, since there weeks are difficult, and any day.
    let turns = (2000...2040).flatMap { year in
      let newYear = CivilDate(monthsSince1970: (year - 1970) * 12).daysSince1970
      return (-7...7).map { newYear + $0 }
    }
    let days = turns + (0..<5000).map { _ in Int.random(in: -719_162..<2_932_800, using: &random) }
    for day in days { oracle.ask(dateAfter: day) }
    let answers = try oracle.answers()
    #expect(answers.count == days.count)
    for (day, answer) in zip(days, answers) {
      let date = CivilDate(daysSince1970: day)
      let ours = "\(date) \(date.weekday.rawValue) \(date.isoWeekText)"
      #expect(ours == answer, "seed \(random.seed)")
    }
  }

  @Test(arguments: [
    (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 32), (2026, 4, 31), (2026, 2, 29), (1900, 2, 29),
    (2100, 2, 29), (2024, 2, 30), (2026, -1, 1), (2026, 1, -1), (300_000, 1, 1), (.max, 1, 1), (.min, 1, 1),
  ])
  func `a day that does not exist is none`(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-03-31", -1, "2026-02-28"),
    ("2026-11-21", 14, "2028-01-21"), ("2026-01-15", -1, "2025-12-15"), ("2026-05-31", 0, "2026-05-31"),
    ("2024-02-29", 12, "2025-02-28"), ("0001-01-01", -1, "0000-12-01"), ("2026-10-31", 1, "2026-11-30"),
  ])
  func `months are added, and a day that the month lacks is its last`(
    start: String, months: Int, end: String
  ) throws {
    let numbers = start.split(separator: "-").compactMap { Int($0) }
    let date = try #require(CivilDate(year: numbers[0], month: numbers[1], day: numbers[2]))
    #expect(date.adding(months: months).description == end)
  }

  @Test func `days are added`() throws {
    let leapDay = try #require(CivilDate(year: 2024, month: 2, day: 29))
    #expect(leapDay.adding(days: 1).description == "2024-03-01")
    #expect(leapDay.adding(days: -60).description == "2023-12-31")
    #expect(leapDay.adding(days: 0) == leapDay)
    #expect(leapDay < leapDay.adding(days: 1))
  }

  @Test(arguments: [Int.min, Int.min + 1, -1 << 40, 1 << 40, Int.max - 1, Int.max])
  func `no count is too large to be a date`(count: Int) throws {
    let date = CivilDate(daysSince1970: count)
    #expect(CivilDate(daysSince1970: date.daysSince1970) == date)
    #expect((date.year > 0) == (count > 0))
    _ = date.adding(days: count).adding(months: count).isoWeekText
    #expect((CivilDate(monthsSince1970: count).year > 0) == (count > 0))
  }

  @Test func `a time of day is what a clock can show`() {
    #expect(CivilTime(hour: 24, minute: 0) == nil)
    #expect(CivilTime(hour: -1, minute: 0) == nil)
    #expect(CivilTime(hour: 0, minute: 60) == nil)
    #expect(CivilTime(hour: 23, minute: 59, second: 60) == nil)
    #expect(CivilTime(hour: 23, minute: 59, second: 59)?.secondOfDay == 86399)
    for second in stride(from: 0, to: 86400, by: 7) {
      #expect(CivilTime(secondOfDay: second).secondOfDay == second)
    }
  }

  @Test func `date and time before 1970 are counted down`() {
    let last = CivilDateTime(secondsSince1970: -1)
    #expect(last.date.description == "1969-12-31")
    #expect(last.time == CivilTime(hour: 23, minute: 59, second: 59))
    #expect(last.secondsSince1970 == -1)
    #expect(Int64(-1).wholeSecond == -1)
    #expect(Int64.min.wholeSecond == -9_223_372_036_855)
  }
}

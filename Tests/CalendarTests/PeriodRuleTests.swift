// Periods: their labels and bounds where they are easy, and that they tile the line where they are not.
import TestSupport
import Testing

@testable import Calendar

struct PeriodRuleTests {
  private func instant(_ zone: String, _ shown: String) throws -> UnixMicroseconds {
    try InstalledZones.zone(zone).instant(of: TimeZoneTests.local(shown))
  }

  private func universal(_ shown: String) throws -> UnixMicroseconds { try instant("UTC", shown) }

  @Test(
    arguments: [
      (.allTime, "all"), (.daily, "2026-11-21"), (.weekly(firstDay: .monday), "2026-W47"),
      (.weekly(firstDay: .sunday), "2026-11-15"), (.weekly(firstDay: .saturday), "2026-11-21"),
      (.monthly, "2026-11"),
    ] as [(PeriodRule, String)])
  func `a period is labelled so that a person knows it`(rule: PeriodRule, label: String) throws {
    let now = try instant("Europe/Berlin", "2026-11-21 12:00")
    let period = try #require(rule.period(containing: now, in: InstalledZones.zone("Europe/Berlin")))
    #expect(period.label == label)
    #expect(period.contains(now))
  }

  @Test(
    arguments: [
      ("2025-12-28 12:00", "2025-W52"), ("2025-12-29 12:00", "2026-W01"), ("2027-01-03 12:00", "2026-W53"),
      ("2027-01-04 12:00", "2027-W01"), ("2021-01-01 12:00", "2020-W53"),
    ])
  func `a week belongs to the year of its Thursday`(shown: String, label: String) throws {
    let rule = PeriodRule.weekly(firstDay: .monday)
    #expect(rule.period(containing: try universal(shown), in: .universal)?.label == label)
  }

  @Test(
    arguments: [
      // Clocks are put forward and back within the period.
      (.daily, "Europe/Berlin", "2026-03-29 12:00", "2026-03-28 23:00", "2026-03-29 22:00"),
      (.daily, "Europe/Berlin", "2026-10-25 12:00", "2026-10-24 22:00", "2026-10-25 23:00"),
      (
        .weekly(firstDay: .monday), "Europe/Berlin", "2026-03-29 12:00", "2026-03-22 23:00",
        "2026-03-29 22:00"
      ),
      (.monthly, "Europe/Berlin", "2026-03-05 12:00", "2026-02-28 23:00", "2026-03-31 22:00"),
      (.monthly, "UTC", "2024-02-29 23:59:59", "2024-02-01 00:00", "2024-03-01 00:00"),
      // Midnight is skipped.
      (.daily, "America/Sao_Paulo", "2018-11-04 12:00", "2018-11-04 03:00", "2018-11-05 02:00"),
      (.daily, "Asia/Beirut", "2024-03-31 12:00", "2024-03-30 22:00", "2024-03-31 21:00"),
      (.daily, "Africa/Cairo", "2024-04-26 12:00", "2024-04-25 22:00", "2024-04-26 21:00"),
      // Midnight comes twice: the first is the bound.
      (.daily, "America/Havana", "2024-11-03 12:00", "2024-11-03 04:00", "2024-11-04 05:00"),
      // The hour before midnight comes twice.
      (.daily, "Africa/Cairo", "2024-10-31 12:00", "2024-10-30 21:00", "2024-10-31 22:00"),
      // Offsets that are no whole hours.
      (.daily, "Asia/Kathmandu", "2026-11-21 12:00", "2026-11-20 18:15", "2026-11-21 18:15"),
      (.daily, "Australia/Lord_Howe", "2026-10-04 12:00", "2026-10-03 13:30", "2026-10-04 13:00"),
      (.daily, "Europe/Berlin", "1890-01-01 12:00", "1889-12-31 23:06:32", "1890-01-01 23:06:32"),
    ] as [(PeriodRule, String, String, String, String)])
  func `bounds are local midnights`(
    rule: PeriodRule, zone: String, shown: String, start: String, end: String
  ) throws {
    let period = try #require(
      rule.period(containing: instant(zone, shown), in: InstalledZones.zone(zone)))
    #expect(period.start == (try universal(start)))
    #expect(period.end == (try universal(end)))
  }

  @Test func `a day that was skipped has no period, and its number is left out`() throws {
    let apia = try InstalledZones.zone("Pacific/Apia")
    let last = try #require(
      PeriodRule.daily.period(containing: instant("Pacific/Apia", "2011-12-29 12:00"), in: apia))
    let next = try #require(PeriodRule.daily.period(after: last, in: apia))
    #expect(last.label == "2011-12-29" && next.label == "2011-12-31")
    #expect(next.index == last.index + 2 && next.start == last.end)
    #expect(PeriodRule.daily.period(at: last.index + 1, in: apia) == nil)
  }

  @Test func `over a midnight that comes twice the new day goes on`() throws {
    // At 00:01 clocks were put back to 23:01 of the day before.
    let zone = try InstalledZones.zone("America/St_Johns")
    let day = try #require(
      PeriodRule.daily.period(containing: instant("America/St_Johns", "2006-10-29 12:00"), in: zone))
    #expect(day.label == "2006-10-29")
    #expect(day.end - day.start == 25 * 3_600_000_000)
    let secondEvening = day.start + 30 * 60_000_000
    #expect(zone.civil(at: secondEvening).date.description == "2006-10-28")
    #expect(PeriodRule.daily.period(containing: secondEvening, in: zone) == day)
  }

  @Test func `all time is one period, and seasons are known elsewhere`() throws {
    let all = try #require(PeriodRule.allTime.period(containing: 0, in: .universal))
    #expect(all == Period(index: 0, label: "all", start: .min, end: .max))
    #expect(PeriodRule.allTime.period(after: all, in: .universal) == nil)
    #expect(PeriodRule.allTime.period(at: 0, in: .universal) == all)
    #expect(PeriodRule.allTime.period(at: 1, in: .universal) == nil)
    #expect(PeriodRule.seasons.period(containing: 0, in: .universal) == nil)
    #expect(PeriodRule.seasons.period(at: 0, in: .universal) == nil)
    #expect(PeriodRule.seasons.period(after: all, in: .universal) == nil)
  }

  @Test(arguments: [.daily, .weekly(firstDay: .monday), .monthly] as [PeriodRule])
  func `numbers are counted from 1970, and periods end with the year 9999`(rule: PeriodRule) throws {
    #expect(rule.period(containing: 0, in: .universal)?.index == 0)
    #expect(rule.period(containing: -604_800_000_001, in: .universal).map { $0.index < 0 } == true)
    for index in [Int32.min, .max] { #expect(rule.period(at: index, in: .universal) == nil) }
    for instant in [Int64.min, .max] { #expect(rule.period(containing: instant, in: .universal) == nil) }
    let last = try #require(rule.period(containing: universal("9999-12-31 23:00"), in: .universal))
    #expect(rule.period(after: last, in: .universal) == nil)
  }

  static let rules: [PeriodRule] =
    [.daily, .monthly] + Weekday.allCases.map { .weekly(firstDay: $0) }

  @Test func `periods tile the line in every zone and year`() throws {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<1500 {
      let name = try #require(InstalledZones.names.randomElement(using: &random))
      let rule = try #require(Self.rules.randomElement(using: &random))
      let zone = try InstalledZones.zone(name)
      let place = "\(name) \(rule), seed \(random.seed)"
      var instant = Int64.random(in: -2_208_988_800...4_102_444_800, using: &random) * 1_000_000
      // Changes of the clock are where it is difficult.
      if let change = zone.history.change(after: instant.wholeSecond) {
        instant = UnixMicroseconds(wholeSecond: change + Int.random(in: -90_000...90_000, using: &random))
      }
      var period = try #require(rule.period(containing: instant, in: zone), "\(place)")
      #expect(period.contains(instant), "\(place)")
      for _ in 0..<8 {
        #expect(rule.period(at: period.index, in: zone) == period, "\(place)")
        for edge in [
          period.start, period.end - 1, Int64.random(in: period.start..<period.end, using: &random),
        ] {
          #expect(rule.period(containing: edge, in: zone) == period, "\(place)")
        }
        #expect(zone.civil(at: period.start - 1) < zone.civil(at: period.end), "\(place)")
        let next = try #require(rule.period(after: period, in: zone), "\(place)")
        #expect(
          next.start == period.end && next.index > period.index && next.label > period.label, "\(place)")
        for skipped in (period.index + 1)..<next.index {
          #expect(rule.period(at: skipped, in: zone) == nil, "\(place)")
        }
        period = next
      }
    }
  }
}

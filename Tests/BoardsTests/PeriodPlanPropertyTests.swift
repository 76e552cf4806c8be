// Periods laid down for random rules and zones while time goes on in random steps: they tile the line, each
// instant lies where the clocks on the wall say, and how often somebody looked makes no difference.
import Calendar
import Ledger
import TestSupport
import Testing

@testable import Boards

@Suite struct PeriodPlanPropertyTests {
  @Test func `periods follow each other as the clocks of their zone say, however often they are laid down`()
    throws
  {
    for generator in TestRounds.generators(250) {
      var random = generator
      let plan = try Plan(&random)
      let start = plan.start
      var periods = try plan.laid([], at: start)
      var now = start
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        now += plan.step(&random)
        periods += try plan.laid(periods, at: now)
      }
      plan.expectTiling(periods, from: start, to: now)
      plan.expectClocks(periods, from: start, &random)
      let first = try plan.laid([], at: start)
      #expect(first + (try plan.laid(first, at: now)) == periods, "\(plan)")
    }
  }

  @Test func `periods whose ends are moved, or whose zone gets other rules, are still followed at once`()
    throws
  {
    for generator in TestRounds.generators(600) {
      var random = generator
      var plan = try Plan(&random)
      let start = plan.start
      var (periods, now) = (try plan.laid([], at: start), start)
      for _ in 0..<Int.random(in: 4...20, using: &random) {
        now += plan.step(&random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0...2: Self.move(&periods, at: now, plan, &random)
        case 3: plan.zone = try Plan.zone(of: Plan.places.randomElement(using: &random)?.zone ?? "UTC")
        case _: break
        }
        // Now and then nobody is there to lay them down.
        if Bool.random(using: &random) { periods += try plan.laid(periods, at: now) }
      }
      periods += try plan.laid(periods, at: now)
      plan.expectTiling(periods, from: start, to: now)
    }
  }

  @Test func `a day that both began early and ended early is followed by the next number`() throws {
    let hour: Int64 = 3_600_000_000
    let early = [(0, 0, 5), (1, 5, 7)].map { number, start, end in
      BoardPeriod(
        number: Int32(number), label: "\(number)", start: Instant(microseconds: start * hour),
        end: Instant(microseconds: end * hour))
    }
    let now = Instant(microseconds: 8 * hour)
    let next = try #require(PeriodPlan.following(early, of: .daily, in: .universal, at: now)).prefix(2)
    #expect(next.map(\.number) == [2, 3])
    #expect(next.map { $0.start.microseconds / hour } == [7, 72])
  }

  /// As an admin may: of the present period, to an instant ahead that the next one goes beyond.
  private static func move(
    _ periods: inout [BoardPeriod], at now: Int64, _ plan: Plan, _ random: inout SeededGenerator
  ) {
    guard let place = periods.firstIndex(where: { $0.start.microseconds <= now && now < $0.end.microseconds })
    else { return }
    let next = periods.indices.contains(place + 1) ? periods[place + 1] : nil
    let last = next.map { $0.end.microseconds - 1 } ?? now + 3 * plan.length
    guard now + 1_000_000 < last else { return }
    let end = Instant(microseconds: .random(in: now + 1_000_000...last, using: &random))
    periods[place] = periods[place].from(periods[place].start, to: end)
    if let next { periods[place + 1] = next.from(end, to: next.end) }
  }
}

/// A rule, a zone, and when somebody begins.
private struct Plan: CustomStringConvertible {
  static let rules: [PeriodRule] =
    [.daily, .daily, .daily, .daily, .daily, .monthly] + Weekday.allCases.map { .weekly(firstDay: $0) }

  /// Where it is difficult: clocks that are changed by an hour, half an hour or two, at midnight, over it,
  /// by a day; offsets that are no whole hours, or minutes; leap days.
  static let places: [(zone: String, day: String)] = [
    ("Europe/Berlin", "2026-03-29"), ("Europe/Berlin", "2026-10-25"), ("America/New_York", "2026-03-08"),
    ("America/New_York", "2026-11-01"), ("Asia/Kathmandu", "1986-01-01"), ("Asia/Kathmandu", "2026-11-21"),
    ("Australia/Lord_Howe", "2026-04-05"), ("Australia/Lord_Howe", "2026-10-04"),
    ("Africa/Monrovia", "1972-01-07"), ("Pacific/Apia", "2011-12-30"), ("Pacific/Kwajalein", "1993-08-21"),
    ("Pacific/Kwajalein", "1969-10-01"), ("Pacific/Kiritimati", "1994-12-31"),
    ("America/Havana", "2024-11-03"), ("America/Havana", "2024-03-10"), ("Asia/Beirut", "2024-03-31"),
    ("America/Sao_Paulo", "2018-11-04"), ("America/St_Johns", "2006-10-29"),
    ("America/St_Johns", "2007-11-04"), ("America/St_Johns", "1990-10-28"),
    ("America/Goose_Bay", "2010-11-07"), ("Africa/Cairo", "2024-04-26"),
    ("Africa/Cairo", "2024-10-31"), ("Antarctica/Troll", "2026-03-29"), ("Africa/Casablanca", "2026-02-15"),
    ("Asia/Pyongyang", "2015-08-15"), ("Pacific/Chatham", "2026-09-27"), ("America/Caracas", "2016-05-01"),
    ("America/Juneau", "1867-10-18"), ("UTC", "2024-02-29"), ("UTC", "2100-02-28"),
    ("Europe/London", "2000-02-29"), ("Asia/Tehran", "2027-01-01"), ("Europe/Dublin", "2026-10-25"),
  ]

  let rule: PeriodRule
  var zone: TimeZone
  let start: Int64
  let seed: UInt64

  init(_ random: inout SeededGenerator) throws {
    seed = random.seed
    rule = Self.rules.randomElement(using: &random) ?? .daily
    let place = Self.places.randomElement(using: &random) ?? Self.places[0]
    zone = try Self.zone(of: place.zone)
    let parts = place.day.split(separator: "-").compactMap { Int($0) }
    let day = try #require(CivilDate(year: parts[0], month: parts[1], day: parts[2])).daysSince1970
    let farthest: [Int64] = [0, 12, 20_000]
    let days = farthest.randomElement(using: &random) ?? 0
    let some =
      Int64(day) * 86_400_000_000 + 43_200_000_000 + .random(in: -days...days, using: &random)
      * 86_400_000_000
    // Around a bound it is more difficult than anywhere else.
    let bound = Bool.random(using: &random) ? rule.period(containing: some, in: zone)?.start : nil
    start = (bound ?? some) + .random(in: -7_200_000_000...7_200_000_000, using: &random)
  }

  static func zone(of name: String) throws -> TimeZone { try TimeZoneFiles().zone(named: name) }

  var description: String { "\(rule) in \(zone.name) from \(start), POINTS_TEST_SEED=\(seed)" }

  /// About that of one period.
  var length: Int64 {
    switch rule {
    case .weekly: 7 * 86_400_000_000
    case .monthly: 30 * 86_400_000_000
    case .daily, .allTime, .seasons: 86_400_000_000
    }
  }

  func step(_ random: inout SeededGenerator) -> Int64 {
    let steps: [Int64] = [1, length / 10, length, length * 20]
    let most = steps.randomElement(using: &random) ?? 1
    return Int64.random(in: 0...most, using: &random)
  }

  /// What is missing at this instant. Whoever comes next finds nothing missing, and it is enough to know the
  /// latest.
  func laid(_ periods: [BoardPeriod], at now: Int64) throws -> [BoardPeriod] {
    let now = Instant(microseconds: now)
    let found = try #require(PeriodPlan.following(periods, of: rule, in: zone, at: now), "\(self)")
    #expect(PeriodPlan.following(periods + found, of: rule, in: zone, at: now) == [], "\(self)")
    let latest = Array(periods.suffix(PeriodPlan.ahead + 1))
    #expect(PeriodPlan.following(latest, of: rule, in: zone, at: now) == found, "\(self)")
    return found
  }

  func expectTiling(_ periods: [BoardPeriod], from start: Int64, to now: Int64) {
    #expect(periods[0].start.microseconds <= start && start < periods[0].end.microseconds, "\(self)")
    #expect(periods.count { $0.start.microseconds > now } >= PeriodPlan.ahead, "\(self)")
    #expect(Set(periods.map(\.label)).count == periods.count, "\(self)")
    for (period, next) in zip(periods, periods.dropFirst()) {
      #expect(period.start < period.end && period.end == next.start, "\(self): \(period), \(next)")
      #expect(period.number < next.number && period.label < next.label, "\(self): \(period), \(next)")
    }
  }

  /// Each instant lies in the period of the day that it is.
  func expectClocks(_ periods: [BoardPeriod], from start: Int64, _ random: inout SeededGenerator) {
    let days = ShownDays(zone: zone)
    for period in periods.shuffled(using: &random).prefix(12) {
      let bounds = period.start.microseconds..<period.end.microseconds
      let morning = bounds.lowerBound..<min(bounds.upperBound, bounds.lowerBound + 7_200_000_000)
      for instant in [
        bounds.lowerBound, bounds.upperBound - 1, .random(in: morning, using: &random),
        .random(in: bounds, using: &random),
      ] {
        let named = NamedPeriod(of: days.latest(at: instant), rule)
        #expect(named?.number == Int(period.number) && named?.label == period.label, "\(self): \(instant)")
      }
    }
  }
}

extension BoardPeriod {
  fileprivate func from(_ start: Instant, to end: Instant) -> BoardPeriod {
    BoardPeriod(number: number, label: label, start: start, end: end)
  }
}

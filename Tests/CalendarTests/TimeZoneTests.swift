// Local time and back, by facts that can be looked up, and against Python in every zone there is.
import TestSupport
import Testing

@testable import Calendar

struct TimeZoneTests {
  static func local(_ text: String) throws -> CivilDateTime {
    let numbers = text.split { "-T: ".contains($0) }.compactMap { Int($0) }
    let date = try #require(CivilDate(year: numbers[0], month: numbers[1], day: numbers[2]))
    let time = CivilTime(hour: numbers[3], minute: numbers[4], second: numbers.count > 5 ? numbers[5] : 0)
    return CivilDateTime(date: date, time: try #require(time))
  }

  @Test(
    arguments: [
      // Ordinary times.
      ("UTC", "2026-11-21 12:00", "2026-11-21 12:00"),
      ("Asia/Kathmandu", "2026-11-21 12:00", "2026-11-21 06:15"),
      ("Europe/Berlin", "2026-07-01 12:00", "2026-07-01 10:00"),
      // Skipped, at both ends and in between: the instant of the change.
      ("Europe/Berlin", "2026-03-29 01:59:59", "2026-03-29 00:59:59"),
      ("Europe/Berlin", "2026-03-29 02:00", "2026-03-29 01:00"),
      ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:00"),
      ("Europe/Berlin", "2026-03-29 02:59:59", "2026-03-29 01:00"),
      ("Europe/Berlin", "2026-03-29 03:00", "2026-03-29 01:00"),
      ("Europe/Berlin", "2026-03-29 03:00:01", "2026-03-29 01:00:01"),
      // Twice: the first.
      ("Europe/Berlin", "2026-10-25 01:59:59", "2026-10-24 23:59:59"),
      ("Europe/Berlin", "2026-10-25 02:00", "2026-10-25 00:00"),
      ("Europe/Berlin", "2026-10-25 02:59:59", "2026-10-25 00:59:59"),
      ("Europe/Berlin", "2026-10-25 03:00", "2026-10-25 02:00"),
      // Half an hour.
      ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30"),
      ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45"),
      // A midnight that is skipped, and a day.
      ("America/Sao_Paulo", "2018-11-04 00:00", "2018-11-04 03:00"),
      ("Pacific/Apia", "2011-12-30 00:00", "2011-12-30 10:00"),
      ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00"),
      ("Pacific/Apia", "2011-12-31 00:00", "2011-12-30 10:00"),
      // A day that came twice.
      ("America/Juneau", "1867-10-18 15:33:32", "1867-10-18 00:31:13"),
      // Local mean time, to the second.
      ("Europe/Berlin", "1890-01-01 00:00", "1889-12-31 23:06:32"),
      // By the rule, long after the tables.
      ("America/New_York", "2400-07-04 00:00", "2400-07-04 04:00"),
    ])
  func `a time on the clock has one instant`(zone: String, shown: String, universal: String) throws {
    let instant = try InstalledZones.zone(zone).instant(of: Self.local(shown))
    #expect(instant == TimeZone.universal.instant(of: try Self.local(universal)))
  }

  @Test func `microseconds before 1970 belong to the second before`() throws {
    #expect(TimeZone.universal.civil(at: -1).description == "1969-12-31 23:59:59")
  }

  @Test(arguments: [Int64.min, .min + 1, .max - 1, .max])
  func `no instant is too far away`(instant: Int64) throws {
    for name in ["UTC", "Europe/Berlin", "Pacific/Apia", "Africa/Casablanca"] {
      let zone = try InstalledZones.zone(name)
      let back = zone.instant(of: zone.civil(at: instant))
      #expect(instant < 0 ? back < .min + 2_000_000 : back > .max - 2_000_000)
    }
  }

  /// 1900 to 2100.
  static let years = -2_208_988_800..<4_102_444_800

  @Test func `in every zone there is, clocks show what Python says they show`() throws {
    var random = SeededGenerator.forThisRun()
    var oracle = ZoneinfoOracle()
    var ours: [(question: String, answer: Int)] = []
    #expect(InstalledZones.names.count > 400)
    for name in InstalledZones.names {
      let history = try InstalledZones.zone(name).history
      func ask(offsetAt second: Int) {
        oracle.ask(offsetAt: second, in: name)
        ours.append(("\(name) at \(second)", history.offset(at: second)))
      }
      func ask(secondShowing local: Int) {
        oracle.ask(secondShowing: local, in: name)
        ours.append(("\(name) showing \(local)", history.second(showing: local)))
      }
      for _ in 0..<100 {
        ask(offsetAt: Int.random(in: Self.years, using: &random))
        ask(secondShowing: Int.random(in: Self.years, using: &random))
      }
      for change in Self.someChanges(of: history, &random) {
        let (before, after) = (history.offset(at: change - 1), history.offset(at: change))
        ask(offsetAt: change - 1)
        ask(offsetAt: change)
        let ends = [change + before, change + after].sorted()
        for local in [ends[0] - 1, ends[0], Int.random(in: ends[0]...ends[1], using: &random), ends[1]] {
          ask(secondShowing: local)
        }
      }
    }
    let answers = try oracle.answers()
    #expect(answers.count == ours.count)
    let wrong = zip(ours, answers).filter { String($0.0.answer) != $0.1 }
    #expect(wrong.isEmpty, "seed \(random.seed), \(wrong.count) of \(ours.count): \(wrong.prefix(5))")
  }

  private static func someChanges(of history: ZoneHistory, _ random: inout SeededGenerator) -> [Int] {
    var changes: [Int] = []
    var second = years.lowerBound
    while let change = history.change(after: second), change < years.upperBound {
      if Int.random(in: 0..<6, using: &random) == 0 { changes.append(change) }
      second = change
    }
    return changes
  }
}

extension CivilDateTime {
  /// For messages.
  var description: String {
    let digits = [time.hour, time.minute, time.second].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(date) \(digits.joined(separator: ":"))"
  }
}

// When expressions are due: facts around changes of the clock, and against walking through every minute.
import TestSupport
import Testing

@testable import Calendar

struct CronNextTests {
  /// All that are due in a zone, between two times in Universal Time.
  private func due(
    _ text: String, _ zone: String, after start: String, until end: String
  ) throws -> [String] {
    let (cron, zone) = (try CronExpression(text), try InstalledZones.zone(zone))
    var instant = TimeZone.universal.instant(of: try TimeZoneTests.local(start))
    let last = TimeZone.universal.instant(of: try TimeZoneTests.local(end))
    var found: [String] = []
    while let next = cron.next(after: instant, in: zone), next <= last {
      found.append(String(TimeZone.universal.civil(at: next).description.dropFirst(5).dropLast(3)))
      instant = next
    }
    return found
  }

  @Test func `a skipped time on the clock is due when the clock is changed, once`() throws {
    let window = (after: "2026-03-27 23:00", until: "2026-03-30 12:00")
    func due(_ text: String) throws -> [String] {
      try self.due(text, "Europe/Berlin", after: window.after, until: window.until)
    }
    #expect(try due("30 2 * * *") == ["03-28 01:30", "03-29 01:00", "03-30 00:30"])
    #expect(try due("0,20,40 2 29 * *") == ["03-29 01:00"])
    #expect(try due("0 2,3 29 * *") == ["03-29 01:00"])
    #expect(try due("30 2,3 29 * *") == ["03-29 01:00", "03-29 01:30"])
  }

  @Test func `a time on the clock that comes twice is due the first time`() throws {
    let found = try due("*/30 2 * * *", "Europe/Berlin", after: "2026-10-23 23:00", until: "2026-10-26 03:00")
    #expect(
      found == ["10-24 00:00", "10-24 00:30", "10-25 00:00", "10-25 00:30", "10-26 01:00", "10-26 01:30"])
  }

  @Test func `hours that are not named pass as they do`() throws {
    for text in ["30 * * * *", "30 0-23 * * *", "30 */1 * * *"] {
      let forward = try due(text, "Europe/Berlin", after: "2026-03-28 23:00", until: "2026-03-29 03:00")
      #expect(forward == ["03-28 23:30", "03-29 00:30", "03-29 01:30", "03-29 02:30"])
      let back = try due(text, "Europe/Berlin", after: "2026-10-24 23:00", until: "2026-10-25 03:00")
      #expect(back == ["10-24 23:30", "10-25 00:30", "10-25 01:30", "10-25 02:30"])
    }
    // The hour of two did not happen; and happened twice.
    let forward = try due(
      "30 */2 * * *", "Europe/Berlin", after: "2026-03-28 23:00", until: "2026-03-29 03:00")
    #expect(forward == ["03-28 23:30", "03-29 02:30"])
    let back = try due("30 */2 * * *", "Europe/Berlin", after: "2026-10-24 22:00", until: "2026-10-25 03:00")
    #expect(back == ["10-24 22:30", "10-25 00:30", "10-25 01:30"])
  }

  @Test func `midnight that is skipped, and a day that is`() throws {
    let night = try due("@daily", "America/Sao_Paulo", after: "2018-11-03 12:00", until: "2018-11-05 12:00")
    #expect(night == ["11-04 03:00", "11-05 02:00"])
    let day = try due("0 12 * * *", "Pacific/Apia", after: "2011-12-29 12:00", until: "2012-01-01 00:00")
    #expect(day == ["12-29 22:00", "12-30 10:00", "12-30 22:00", "12-31 22:00"])
  }

  @Test func `an interval is counted from 1970 on, whatever the zone`() throws {
    let cron = try CronExpression("@every 30s")
    let zone = try InstalledZones.zone("Asia/Kathmandu")
    #expect(cron.next(after: 0, in: zone) == 30_000_000)
    #expect(cron.next(after: 29_999_999, in: zone) == 30_000_000)
    #expect(cron.next(after: -1, in: zone) == 0)
    #expect(cron.next(after: -30_000_000, in: zone) == 0)
  }

  @Test func `the next is strictly later, to the microsecond`() throws {
    let cron = try CronExpression("0 0 * * *")
    let midnight: Int64 = 86_400_000_000
    #expect(cron.next(after: midnight - 1, in: .universal) == midnight)
    #expect(cron.next(after: midnight, in: .universal) == 2 * midnight)
    #expect(cron.next(after: midnight + 1, in: .universal) == 2 * midnight)
  }

  @Test(arguments: ["* * * * *", "0 0 29 2 */7", "0 12 29 2 *", "@every 2h"])
  func `there is an end to time, and no trap at it`(text: String) throws {
    let cron = try CronExpression(text)
    for name in ["UTC", "Europe/Berlin", "Pacific/Apia"] {
      let zone = try InstalledZones.zone(name)
      #expect(cron.next(after: .max, in: zone) == nil)
      #expect(cron.next(after: .min, in: zone) ?? .max > .min)
    }
  }

  @Test func `in every zone and at every change, due is what a walk through each minute finds`() throws {
    var random = SeededGenerator.forThisRun()
    let names = [
      "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Beirut",
      "Africa/Cairo", "Pacific/Apia", "Asia/Kathmandu", "Africa/Casablanca", "America/St_Johns",
      "Antarctica/Troll", "America/Havana", "Asia/Gaza", "Pacific/Kwajalein",
    ]
    for _ in 0..<60 {
      let name = try #require(names.randomElement(using: &random))
      let walk = try MinuteWalk(name, &random)
      for _ in 0..<8 {
        let fields = CronFields(&random)
        guard let cron = try? CronExpression(fields.text) else { continue }
        let expected = walk.due(fields)
        var found: [Int] = []
        var instant = UnixMicroseconds(wholeSecond: walk.start) - 1
        while let next = cron.next(after: instant, in: walk.zone), next.wholeSecond < walk.end {
          found.append(next.wholeSecond)
          instant = next + Int64.random(in: 0..<60_000_000, using: &random)
        }
        #expect(found == expected, "\(fields.text) in \(name) from \(walk.start), seed \(random.seed)")
      }
    }
  }
}

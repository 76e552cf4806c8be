// The schedules that operators set.
import Calendar
import Jobs
import Ledger
import Testing

@Suite struct TimetableTests {
  private static let jobs = [
    PlannedJob("sweep", at: "10 4 * * *", "Sweeps."), PlannedJob("count", at: "@every 5s", "Counts."),
  ]

  @Test func `jobs keep their schedules unless another is set and read them in the zone that is set`() throws
  {
    let table = try Timetable(
      Self.jobs, changes: [.init("sweep", "0 6 * * *")], zone: "Europe/Berlin")
    let sweep = try #require(table.schedule(of: "sweep"))
    #expect(sweep.text == "0 6 * * *" && sweep.timeZone == "Europe/Berlin")
    // 2026-07-01T00:00:00Z is in summer: six in Berlin is four in Universal Time.
    let midnight = Instant(microseconds: 1_782_864_000_000_000)
    #expect(sweep.next(after: midnight) == midnight.later(by: 4 * 3600))
    #expect(table.schedule(of: "count")?.text == "@every 5s")
  }

  @Test func `a job that is off has no schedule`() throws {
    let table = try Timetable(Self.jobs, changes: [.init("count", nil)], zone: "UTC")
    #expect(table.schedule(of: "count") == nil)
    #expect(table.schedule(of: "sweep") != nil)
  }

  @Test func `what cannot be read says which job and what is wrong`() {
    #expect(throws: TimetableError.unknownJob("swep", known: ["sweep", "count"])) {
      _ = try Timetable(Self.jobs, changes: [.init("swep", nil)], zone: "UTC")
    }
    #expect(throws: TimetableError.schedule(job: "sweep", .cron(.fieldCount(2)))) {
      _ = try Timetable(Self.jobs, changes: [.init("sweep", "10 4")], zone: "UTC")
    }
    #expect(throws: TimetableError.zone(.unknownZone(name: "Europe/Atlantis"))) {
      _ = try Timetable(Self.jobs, changes: [], zone: "Europe/Atlantis")
    }
  }
}

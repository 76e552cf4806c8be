// The settings of jobs, and the forms that only they have.
import Testing

@testable import Configuration

struct JobSettingsTests {
  @Test func `without settings jobs keep their schedules in Universal Time`() throws {
    let configuration = try reading().configuration
    #expect(configuration.jobs == [] && configuration.jobsTimeZone == "UTC")
  }

  @Test(arguments: [
    ("", []), ("sweep-leases=off", [JobSetting("sweep-leases", nil)]),
    ("a=10 4 * * 1,3", [JobSetting("a", "10 4 * * 1,3")]),
    (" a = @every 5s ; b=off", [JobSetting("a", "@every 5s"), JobSetting("b", nil)]),
    ("a", nil), ("a=", nil), ("=off", nil), ("a=off;", nil), ("a=off;a=off", nil), ("A=off", nil),
    (";", nil), ("a b=off", nil),
  ])
  func `schedules are given by name with semicolons between them`(text: String, jobs: [JobSetting]?) {
    #expect((try? reading(["--jobs", text]).configuration.jobs) == jobs)
  }

  @Test func `what was read is shown as it is written`() throws {
    let text = "a=10 4 * * 1,3;b=off"
    let configuration = try reading([], ["POINTS_JOBS": text]).configuration
    #expect(configuration.describe().contains("POINTS_JOBS=\(text)"))
  }

  @Test(arguments: [
    ("Europe/Berlin", true), ("Etc/GMT+3", true), ("", false), ("Europe Berlin", false), ("Köln", false),
  ])
  func `a time zone has a name of visible characters`(name: String, isOne: Bool) {
    #expect((try? reading(["--jobs-time-zone", name]).configuration.jobsTimeZone) == (isOne ? name : nil))
  }
}

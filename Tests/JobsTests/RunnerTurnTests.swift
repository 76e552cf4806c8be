// Which runs a process begins.
import Jobs
import LedgerStore
import Testing

@Suite struct RunnerTurnTests {
  private static func record(
    _ name: String, isDue: Bool = false, requests: Int64 = 0, isRunning: Bool = false
  ) -> JobRecord {
    var record = JobRecord(name: name, schedule: "@hourly", timeZone: "UTC")
    (record.isDue, record.requests, record.isRunning) = (isDue, requests, isRunning)
    return record
  }

  private static func duty(_ name: String, isOff: Bool = false) -> Duty {
    Duty(JobTitle(name, "Does nothing."), schedule: isOff ? nil : EverySeconds(60)) { _ in
      JobOutcome("nothing")
    }
  }

  @Test func `what is due or asked for begins and nothing else does`() {
    var turn = RunnerTurn(["due", "asked", "calm"].map { Self.duty($0) })
    let runs = turn.begin([
      Self.record("asked", requests: 1), Self.record("calm"), Self.record("due", isDue: true),
      Self.record("stranger", isDue: true),
    ])
    #expect(runs == [.init("asked", bySchedule: true), .init("due", bySchedule: true)])
  }

  @Test func `what runs here or elsewhere does not begin again until it has ended`() {
    var turn = RunnerTurn([Self.duty("here"), Self.duty("elsewhere")])
    let due = [
      Self.record("elsewhere", isDue: true, isRunning: true), Self.record("here", isDue: true, requests: 3),
    ]
    let first = turn.begin(due)
    #expect(first.map(\.job) == ["here"])
    let second = turn.begin(due)
    #expect(second.isEmpty)
    turn.ended("here")
    let third = turn.begin(due)
    #expect(third.map(\.job) == ["here"])
  }

  @Test func `a job that is off begins only when it is asked for`() {
    var turn = RunnerTurn([Self.duty("off", isOff: true)])
    let due = turn.begin([Self.record("off", isDue: true)])
    #expect(due.isEmpty)
    let asked = turn.begin([Self.record("off", isDue: true, requests: 1)])
    #expect(asked == [.init("off", bySchedule: false)])
  }
}

// When a job is due again, under clocks that are only numbers.
import Jobs
import Ledger
import LedgerStore
import Testing

@Suite struct NextRunTests {
  private static let now = Instant(microseconds: 1_800_000_000_000_000)

  @Test func `a run that ended well is due again when its schedule says`() {
    let next = NextRun.after(Self.now, failuresInRow: 0, schedule: EverySeconds(60))
    #expect(next == .at(Self.now.later(by: 60)))
  }

  @Test func `pauses after failures double up to a bound and never pass it`() {
    let pauses = (1...12).map { NextRun.pause(afterFailures: $0) }
    #expect(pauses.prefix(4) == [.seconds(5), .seconds(10), .seconds(20), .seconds(40)])
    #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(pauses.last == NextRun.longestPause)
    #expect(NextRun.pause(afterFailures: .max) == NextRun.longestPause)
    #expect(NextRun.pause(afterFailures: 0) == .zero)
  }

  @Test func `a failed run is repeated before its schedule says but a frequent one is not held up`() {
    let daily = NextRun.after(Self.now, failuresInRow: 3, schedule: EverySeconds(86_400))
    #expect(daily == .at(Self.now.later(by: 20)))
    let frequent = NextRun.after(Self.now, failuresInRow: 9, schedule: EverySeconds(2))
    #expect(frequent == .at(Self.now.later(by: 2)))
  }

  @Test func `a job that is off here keeps the time that others gave it`() {
    #expect(NextRun.after(Self.now, failuresInRow: 0, schedule: nil) == .unchanged)
    #expect(NextRun.after(Self.now, failuresInRow: 4, schedule: nil) == .unchanged)
  }

  @Test func `a schedule that ends is due no more unless its last run failed`() {
    #expect(NextRun.after(Self.now, failuresInRow: 0, schedule: NeverAgain()) == .at(nil))
    #expect(NextRun.after(Self.now, failuresInRow: 1, schedule: NeverAgain()) == .at(Self.now.later(by: 5)))
  }
}

extension Instant {
  func later(by seconds: Int64) -> Instant {
    Instant(microseconds: microseconds + seconds * 1_000_000)
  }
}

/// Due so long after whatever it is asked for.
struct EverySeconds: Schedule {
  let seconds: Int64

  init(_ seconds: Int64) {
    self.seconds = seconds
  }

  var text: String { "@every \(seconds)s" }
  var timeZone: String { "UTC" }

  func next(after instant: Instant) -> Instant? { instant.later(by: seconds) }
}

private struct NeverAgain: Schedule {
  var text: String { "never" }
  var timeZone: String { "UTC" }

  func next(after instant: Instant) -> Instant? { nil }
}

// When a period that could not be stored is tried again.
import Boards
import Ledger
import Testing

@testable import LedgerStore

struct FailedPeriodsTests {
  private static func period(_ number: Int32, _ state: BoardPeriod.State) -> PeriodOfBoard {
    let (start, end) = (Instant(microseconds: 0), Instant(microseconds: 1))
    return PeriodOfBoard(
      board: BoardID(UUIDBits(high: 1, low: 1)),
      period: BoardPeriod(number: number, label: "p", start: start, end: end, state: state))
  }

  @Test func `pauses double up to five minutes, and end with a success`() {
    let failed = FailedPeriods()
    let period = Self.period(1, .failed)
    var now = ContinuousClock.now
    #expect(!failed.isPausing(period, at: now))
    for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
      failed.fail(period, at: now)
      let end = now + .seconds(seconds)
      #expect(failed.isPausing(period, at: end - .milliseconds(1)), "\(seconds)")
      #expect(!failed.isPausing(period, at: end), "\(seconds)")
      now = end
    }
    failed.succeed(period)
    failed.fail(period, at: now)
    #expect(!failed.isPausing(period, at: now + .seconds(1)))
  }

  @Test func `one that failed holds up no other, nor itself once it is closed anew`() {
    let failed = FailedPeriods()
    let now = ContinuousClock.now
    failed.fail(Self.period(1, .failed), at: now)
    #expect(!failed.isPausing(Self.period(2, .failed), at: now))
    #expect(!failed.isPausing(Self.period(1, .closing), at: now))
  }
}

// When a rebuild that failed is tried again.
import BoardStore
import EventLoop
import Ledger
import Testing

@testable import Projection

@Suite struct RebuildPausesTests {
  private let gold = PointTypeID(UUIDBits(high: 1, low: 1))
  private let silver = PointTypeID(UUIDBits(high: 2, low: 2))

  private func instant(_ seconds: Double) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: Int64(seconds * 1e9))
  }

  @Test(arguments: [(0.001, 0.5), (1, 4), (10, 40), (100, 60)])
  func `the pause is four times the attempt, within bounds`(duration: Double, pause: Double) {
    var pauses = RebuildPauses()
    pauses.noteFailure(of: gold, .mirror(.damaged), after: .seconds(duration), at: instant(100))
    _ = pauses.over(of: [], on: 0, at: instant(100))
    #expect(pauses.over(of: [gold, silver], on: 0, at: instant(100 + pause - 0.01)) == [silver])
    #expect(pauses.over(of: [gold, silver], on: 0, at: instant(100 + pause)) == [gold, silver])
  }

  @Test func `what may be over already is tried again sooner`() {
    var pauses = RebuildPauses()
    pauses.noteFailure(of: gold, .interrupted("by a test"), after: .seconds(3), at: instant(0))
    #expect(pauses.over(of: [gold], on: 0, at: instant(2.9)) == [])
    #expect(pauses.over(of: [gold], on: 0, at: instant(3)) == [gold])
  }

  @Test func `a new connection and a success end all waiting`() {
    var pauses = RebuildPauses()
    pauses.noteFailure(of: gold, .mirror(.damaged), after: .seconds(1), at: instant(0))
    pauses.noteFailure(of: silver, .mirror(.damaged), after: .seconds(1), at: instant(0))
    pauses.noteSuccess(of: silver)
    #expect(pauses.over(of: [gold, silver], on: 0, at: instant(1)) == [silver])
    #expect(pauses.over(of: [gold, silver], on: 1, at: instant(1)) == [gold, silver])
  }
}

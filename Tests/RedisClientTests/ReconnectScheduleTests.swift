// The waits between connections, with a clock that is a number.
import EventLoop
import Testing

@testable import RedisClient

@Suite struct ReconnectScheduleTests {
  @Test func `waits double up to their bound and jitter never leaves the upper half`() {
    for jitter in [0, 0.5, 0.999] {
      var schedule = ReconnectSchedule(options: ReconnectOptions())
      for attempt in 0..<100 {
        let full = min(2000, 20 * (1 << min(attempt, 20)))
        let wait = schedule.connectionEnded(at: at(0), jitter: jitter)
        #expect(wait >= .milliseconds(full) / 2 && wait <= .milliseconds(full))
      }
    }
  }

  @Test func `only a connection that stood for a while ends the row of failures`() {
    var schedule = ReconnectSchedule(options: ReconnectOptions())
    for _ in 0..<5 { _ = schedule.connectionEnded(at: at(0), jitter: 0.999) }
    schedule.connectionReady(at: at(1000))
    let flapping = schedule.connectionEnded(at: at(1001), jitter: 0.999)
    #expect(flapping > .milliseconds(600))
    schedule.connectionReady(at: at(2000))
    let stable = schedule.connectionEnded(at: at(7000), jitter: 0.999)
    #expect(stable <= .milliseconds(20))
  }
}

private func at(_ milliseconds: Int64) -> MonotonicInstant {
  MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
}

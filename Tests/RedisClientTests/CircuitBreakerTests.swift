// The breaker with a clock that is a number.
import EventLoop
import Testing

@testable import RedisClient

@Suite struct CircuitBreakerTests {
  private static var options: BreakerOptions {
    var options = BreakerOptions()
    options.timeoutsMax = 3
    options.openPeriod = .milliseconds(100)
    options.openPeriodMax = .milliseconds(400)
    return options
  }

  @Test func `it opens after a row of timeouts, which one answer interrupts`() {
    var breaker = CircuitBreaker(options: Self.options)
    let first = breaker.timedOut(commands: 2, at: at(0))
    breaker.answered()
    let second = breaker.timedOut(commands: 2, at: at(1))
    #expect(first == .none && second == .none)
    #expect(breaker.allowsCommands)
    let third = breaker.timedOut(commands: 1, at: at(2))
    #expect(third == .wake(at: at(102)))
    #expect(!breaker.allowsCommands)
    #expect(breaker.openings == 1)
  }

  @Test func `one probe decides, and each failure doubles the wait up to its bound`() {
    var breaker = CircuitBreaker(options: Self.options)
    _ = breaker.timedOut(commands: 3, at: at(0))
    var now: Int64 = 0
    for wait: Int64 in [100, 200, 400, 400] {
      let early = breaker.openPeriodPassed(at: at(now + wait - 1))
      #expect(early == .none)
      now += wait
      let probe = breaker.openPeriodPassed(at: at(now))
      #expect(probe == .probe)
      let again = breaker.openPeriodPassed(at: at(now))
      #expect(again == .none, "One probe at a time.")
      #expect(!breaker.allowsCommands)
      if wait == 400 { break }
      let action = breaker.probeFailed(at: at(now))
      #expect(action == .wake(at: at(now + wait * 2)))
    }
    breaker.probeAnswered()
    #expect(breaker.state == .closed(timeouts: 0))
  }

  @Test func `a new connection closes it, and stale events change nothing`() {
    var breaker = CircuitBreaker(options: Self.options)
    _ = breaker.timedOut(commands: 3, at: at(0))
    breaker.answered()
    breaker.probeAnswered()
    #expect(!breaker.allowsCommands)
    breaker.connected()
    #expect(breaker.allowsCommands)
    let late = breaker.openPeriodPassed(at: at(1000))
    let failed = breaker.probeFailed(at: at(1000))
    #expect(late == .none && failed == .none)
    #expect(breaker.state == .closed(timeouts: 0))
  }
}

private func at(_ milliseconds: Int64) -> MonotonicInstant {
  MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
}

// The bucket of each service: a second's worth at once, and then as fast as it fills.
import EventLoop
import Ledger
import Testing

@testable import API

@Suite struct RateLimiterTests {
  private let start = MonotonicInstant(nanoseconds: 5_000_000_000)
  private let game = ServiceID(UUIDBits(high: 0, low: 1))
  private let shop = ServiceID(UUIDBits(high: 0, low: 2))

  @Test func `zero is no limit`() {
    #expect(RateLimiter(requestsEachSecond: 0) == nil)
  }

  @Test func `a second's requests may come at once, the next one waits for its share`() throws {
    let limiter = try #require(RateLimiter(requestsEachSecond: 10))
    for _ in 0..<10 { #expect(limiter.delay(for: game, at: start) == nil) }
    #expect(limiter.delay(for: game, at: start) == .milliseconds(100))
    #expect(limiter.delay(for: game, at: start + .milliseconds(99)) == .milliseconds(1))
    #expect(limiter.delay(for: game, at: start + .milliseconds(100)) == nil)
    #expect(limiter.delay(for: game, at: start + .milliseconds(100)) == .milliseconds(100))
  }

  @Test func `each service has a bucket of its own`() throws {
    let limiter = try #require(RateLimiter(requestsEachSecond: 1))
    #expect(limiter.delay(for: game, at: start) == nil)
    #expect(limiter.delay(for: game, at: start) != nil)
    #expect(limiter.delay(for: shop, at: start) == nil)
  }

  @Test(arguments: [1, 3, 7, 1000, 1_000_000])
  func `over ten seconds as many pass as the limit says, and a burst`(limit: Int) throws {
    let limiter = try #require(RateLimiter(requestsEachSecond: limit))
    var passed = 0
    let steps = max(limit * 20, 100)
    for step in 0..<min(steps, 2_000_000) {
      let now = start + .nanoseconds(Int64(step) * 10_000_000_000 / Int64(min(steps, 2_000_000)))
      if limiter.delay(for: game, at: now) == nil { passed += 1 }
    }
    let most = min(11 * limit, min(steps, 2_000_000))
    #expect(passed <= most + most / 1000 + 1 && passed >= min(10 * limit, most) * 9 / 10)
  }

  @Test func `a long pause fills the bucket once, not more`() throws {
    let limiter = try #require(RateLimiter(requestsEachSecond: 5))
    #expect(limiter.delay(for: game, at: start) == nil)
    let later = start + .seconds(3600)
    let passed = (0..<20).filter { _ in limiter.delay(for: game, at: later) == nil }.count
    #expect(passed == 5)
  }
}

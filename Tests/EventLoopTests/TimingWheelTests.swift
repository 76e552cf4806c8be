// The wheel against the simplest thing that could be right:
// a list of deadlines, looked through at every step.
import TestSupport
import Testing

@testable import EventLoop

@Suite struct TimingWheelTests {
  @Test(arguments: 0..<20)
  func `random deadlines pass when the list says so`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var wheel = TimingWheel<Int>(now: UInt64.random(in: 0...1 << 40, using: &random))
    var expected: [Int: (tick: UInt64, id: DeadlineID)] = [:]
    var now = wheel.now
    for name in 0..<3_000 {
      if Int.random(in: 0..<4, using: &random) > 0 {
        let tick = now + (UInt64(1) << UInt64.random(in: 0...42, using: &random)) - 1
        expected[name] = (max(tick, now + 1), wheel.insert(name, at: tick))
      }
      if Int.random(in: 0..<5, using: &random) == 0, let victim = expected.keys.min(),
        let id = expected.removeValue(forKey: victim)?.id
      {
        let (first, second) = (wheel.cancel(id), wheel.cancel(id))
        #expect(first && !second)
      }
      now += UInt64(1) << UInt64.random(in: 0...30, using: &random)
      var passed: [(DeadlineID, Int)] = []
      wheel.advance(to: now, into: &passed)
      let due = Set(expected.filter { $0.value.tick <= now }.keys)
      #expect(Set(passed.map(\.1)) == due, "seed \(seed) at tick \(now)")
      for name in due { expected[name] = nil }
      #expect(wheel.count == expected.count)
      if let earliest = expected.values.map(\.tick).min() {
        #expect((wheel.nextTick ?? .max) <= earliest, "seed \(seed): the wheel would sleep past a deadline")
        #expect((wheel.nextTick ?? 0) > now)
      } else {
        #expect(wheel.nextTick == nil)
      }
    }
  }

  @Test func `a stale name cancels nobody`() {
    var wheel = TimingWheel<String>()
    let first = wheel.insert("first", at: 10)
    wheel.cancel(first)
    let second = wheel.insert("second", at: 10)
    let (stale, live) = (wheel.cancel(first), wheel.cancel(second))
    #expect(!stale && live)
  }
}

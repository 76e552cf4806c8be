// The ring of slots against a plain list.
import TestSupport
import Testing

@testable import RedisClient

@Suite struct SlotRingTests {
  @Test(arguments: 0..<10)
  func `it keeps order through growth and wrapping`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var ring = SlotRing()
    var expected: [Int64] = []
    var next: Int64 = 0
    for _ in 0..<5000 {
      if Int.random(in: 0..<5, using: &random) < 3 {
        ring.append(ReplySlot(receiver: .nobody, limit: next))
        expected.append(next)
        next += 1
      } else {
        let popped = ring.popFirst()?.limit
        #expect(popped == expected.first, "seed \(seed)")
        if !expected.isEmpty { expected.removeFirst() }
      }
      #expect(ring.count == expected.count)
      if let last = expected.last { #expect(ring[ring.count - 1].limit == last) }
    }
  }
}

// The ring behaves like the array it replaces.
import TestSupport
import Testing

@testable import PostgresClient

@Suite struct FIFOTests {
  @Test func `elements leave in the order they came, whatever the mixture`() {
    var random = SeededGenerator.forThisRun()
    var ring = FIFO<Int>()
    var model: [Int] = []
    for step in 0..<20_000 {
      if Int.random(in: 0..<100, using: &random) < (step / 1000 % 2 == 0 ? 60 : 40) {
        ring.append(step)
        model.append(step)
      } else {
        let left = ring.popFirst()
        #expect(left == (model.isEmpty ? nil : model.removeFirst()))
      }
      #expect(ring.count == model.count)
      #expect(ring.first == model.first)
    }
    var rest: [Int] = []
    ring.forEach { rest.append($0) }
    #expect(rest == model)
  }
}

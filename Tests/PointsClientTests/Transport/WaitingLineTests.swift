// The line of waiting calls, with and without those who give up.
import TestSupport
import Testing

@testable import PointsClient

struct WaitingLineTests {
  private final class Waiter {
    let number: Int
    var isWaiting = true

    init(_ number: Int) {
      self.number = number
    }
  }

  @Test func `a full line takes nobody`() {
    var line = WaitingLine<Waiter>(limit: 2, isWaiting: \.isWaiting)
    let taken = [line.append(Waiter(1)), line.append(Waiter(2)), line.append(Waiter(3))]
    #expect(taken == [true, true, false])
    let first = line.popFirst()
    #expect(first?.number == 1)
    let isTaken = line.append(Waiter(4))
    #expect(isTaken)
  }

  @Test func `whoever gives up makes room and is passed over`() {
    var line = WaitingLine<Waiter>(limit: 2, isWaiting: \.isWaiting)
    let first = Waiter(1)
    _ = line.append(first)
    _ = line.append(Waiter(2))
    first.isWaiting = false
    line.oneLeft()
    let isTaken = line.append(Waiter(3))
    #expect(isTaken)
    let order = [line.popFirst()?.number, line.popFirst()?.number, line.popFirst()?.number]
    #expect(order == [2, 3, nil])
  }

  @Test func `a line behaves like a plain list`() {
    var random = SeededGenerator.forThisRun()
    var line = WaitingLine<Waiter>(limit: 200, isWaiting: \.isWaiting)
    var model: [Waiter] = []
    for number in 0..<50_000 {
      switch Int.random(in: 0...9, using: &random) {
      case 0...4:
        let waiter = Waiter(number)
        let isTaken = line.append(waiter)
        #expect(isTaken == (model.count < 200))
        if isTaken { model.append(waiter) }
      case 5...7 where !model.isEmpty:
        let leaver = model.remove(at: Int.random(in: model.indices, using: &random))
        leaver.isWaiting = false
        line.oneLeft()
      case _:
        let next = line.popFirst()
        #expect(next?.number == model.first?.number)
        if !model.isEmpty { model.removeFirst() }
        next?.isWaiting = false
      }
      #expect(line.count == model.count)
    }
  }
}

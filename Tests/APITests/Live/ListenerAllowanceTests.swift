// Who gets a place as a listener.
import Ledger
import Testing

@testable import API

@Suite struct ListenerAllowanceTests {
  private let game = ServiceID(UUIDBits(high: 0, low: 1))
  private let shop = ServiceID(UUIDBits(high: 0, low: 2))
  private let web = ServiceID(UUIDBits(high: 0, low: 3))

  @Test func `a service gets half of the places, and others the rest`() {
    let allowance = ListenerAllowance(5)
    #expect((0..<4).map { _ in allowance.take(for: game) } == [true, true, true, false])
    #expect(allowance.refusal(of: game) == .shareUsedUp && allowance.refusal(of: shop) == nil)
    #expect((0..<3).map { _ in allowance.take(for: shop) } == [true, true, false])
    #expect(allowance.refusal(of: web) == .full)
  }

  @Test func `a place that was given back is for anybody`() {
    let allowance = ListenerAllowance(2)
    #expect(allowance.take(for: game) && allowance.take(for: shop) && !allowance.take(for: web))
    allowance.giveBack(from: game)
    #expect(!allowance.take(for: shop) && allowance.take(for: web) && !allowance.take(for: game))
    allowance.giveBack(from: web)
    #expect(allowance.take(for: game))
  }

  @Test func `where nobody may listen nobody may`() {
    #expect(!ListenerAllowance(0).take(for: game) && ListenerAllowance(0).refusal(of: game) == .full)
    let single = ListenerAllowance(1)
    #expect(single.take(for: game) && !single.take(for: game))
  }
}

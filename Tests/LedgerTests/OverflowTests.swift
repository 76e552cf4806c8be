// The edges of 64 bits: what fits is posted exactly, what does not is refused.
import Ledger
import Testing

@Suite struct OverflowTests {
  private static let most = Int64.max

  /// What a double can tell apart, and what it cannot; and the end.
  private static let edges: [Int64] = [
    9_007_199_254_740_991, 9_007_199_254_740_992, 9_007_199_254_740_993, .max - 1, .max,
  ]

  @Test(arguments: edges)
  func `large amounts are exact`(amount: Int64) {
    var ledger = LittleLedger()
    #expect(ledger.post(.credit(amount), .debit(amount - 1)).allSatisfy { $0.acceptance != nil })
    #expect(ledger.account()?.balance == 1)
    #expect(ledger.account()?.totalEarned == amount && ledger.account()?.totalSpent == amount - 1)
  }

  @Test func `a balance reaches its largest value, and not one more`() {
    var ledger = LittleLedger([.ada(Self.most - 5)])
    #expect(ledger.post(.credit(6, kind: .adjustment))[0].refusal == .overflow(.balance))
    #expect(ledger.post(.credit(5, kind: .adjustment))[0].acceptance != nil)
    #expect(ledger.account()?.balance == Self.most)
  }

  @Test func `what was earned reaches its largest value, and not one more`() {
    var ledger = LittleLedger([.ada(0, earned: Self.most - 5)])
    #expect(ledger.post(.credit(6))[0].refusal == .overflow(.totalEarned))
    #expect(ledger.post(.credit(5))[0].acceptance != nil)
    #expect(ledger.account()?.totalEarned == Self.most)
  }

  @Test func `what was spent reaches its largest value, and not one more`() {
    var ledger = LittleLedger([.ada(20, spent: Self.most - 5)])
    #expect(ledger.post(.debit(6))[0].refusal == .overflow(.totalSpent))
    #expect(ledger.post(.debit(5))[0].acceptance != nil)
    #expect(ledger.account()?.totalSpent == Self.most && ledger.account()?.balance == 15)
  }

  @Test func `a purchase that comes back overflows no balance`() {
    var ledger = LittleLedger([.ada(Self.most)])
    ledger.post(.debit(5), .credit(4, kind: .adjustment))
    #expect(ledger.post(ledger.reversal(of: 0))[0].refusal == .overflow(.balance))
    #expect(ledger.post(ledger.reversal(of: 0, 1))[0].acceptance != nil)
    #expect(ledger.account()?.balance == Self.most)
  }

  @Test func `an overflow in the last leg undoes the first`() {
    var ledger = LittleLedger([.ada(Self.most)])
    let verdict = ledger.settle(.of(.credit(1, to: .bob), .credit(1, kind: .adjustment))).verdicts[0]
    #expect(verdict == .refused(Refusal(.overflow(.balance), leg: 1)))
    #expect(ledger.account(.bob)?.version == 0)
  }
}

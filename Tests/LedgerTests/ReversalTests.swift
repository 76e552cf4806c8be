// Taking back: in parts, never above the original, and the totals follow.
import Ledger
import Testing

@Suite struct ReversalTests {
  @Test func `an award taken back in parts is earned no more`() {
    var ledger = LittleLedger()
    ledger.post(.credit(10))
    let first = ledger.settle(.of(ledger.reversal(of: 0, 4))).verdicts[0].acceptance
    #expect(first?.remaining == 6)
    #expect(first?.transactions.first?.direction == .debit)
    #expect(first?.transactions.first?.reverses == ledger.history[0].id)
    #expect(ledger.account()?.balance == 6 && ledger.account()?.totalEarned == 6)
    #expect(ledger.settle(.of(ledger.reversal(of: 0))).verdicts[0].acceptance?.remaining == 0)
    #expect(ledger.account()?.balance == 0 && ledger.account()?.totalEarned == 0)
    #expect(ledger.account()?.totalSpent == 0 && ledger.account()?.version == 3)
  }

  @Test func `never more is taken back than the original gave`() {
    var ledger = LittleLedger([.ada(100)])
    ledger.post(.credit(10))
    #expect(ledger.post(ledger.reversal(of: 0, 11))[0].refusal == .aboveReversible(10))
    ledger.post(ledger.reversal(of: 0, 7))
    #expect(ledger.post(ledger.reversal(of: 0, 4))[0].refusal == .aboveReversible(3))
    ledger.post(ledger.reversal(of: 0))
    #expect(ledger.post(ledger.reversal(of: 0))[0].refusal == .aboveReversible(0))
    #expect(ledger.account()?.balance == 100)
  }

  @Test func `a partial reversal takes what is left, whoever took the rest`() {
    var ledger = LittleLedger([.ada(100)])
    ledger.post(.credit(10))
    ledger.post(ledger.reversal(of: 0, 7))
    let verdict = ledger.post(ledger.reversal(of: 0, 10, allowsPartial: true))[0]
    #expect(verdict.acceptance?.transactions.map(\.amount) == [3] && verdict.acceptance?.remaining == 0)
    #expect(
      ledger.post(ledger.reversal(of: 0, 10, allowsPartial: true))[0].refusal == .aboveReversible(0))
    #expect(ledger.account()?.balance == 100)
  }

  @Test func `of what is left and what is there a partial reversal takes the less`() {
    var ledger = LittleLedger()
    ledger.post(.credit(10), .debit(2), .credit(20))
    ledger.post(ledger.reversal(of: 2, 16))
    ledger.post(.debit(11))
    let verdict = ledger.post(ledger.reversal(of: 2, 9, allowsPartial: true))[0]
    #expect(verdict.acceptance?.transactions.map(\.amount) == [1] && verdict.acceptance?.remaining == 3)
  }

  @Test func `two reversals of one batch see each other`() {
    var ledger = LittleLedger()
    ledger.post(.credit(10))
    let verdicts = ledger.settle(
      .of(ledger.reversal(of: 0, 6)), .of(ledger.reversal(of: 0, 5)), .of(ledger.reversal(of: 0))
    ).verdicts
    #expect(verdicts[1].refusal == .aboveReversible(4))
    #expect(verdicts[2].acceptance?.remaining == 0)
  }

  @Test func `what was spent meanwhile is not taken back`() {
    var ledger = LittleLedger()
    ledger.post(.credit(10), .debit(7))
    #expect(
      ledger.post(ledger.reversal(of: 0))[0].refusal == .insufficientBalance(available: 3, missing: 7))
    #expect(ledger.account()?.balance == 3)
  }

  @Test func `a partial reversal takes what there is, and tells what remains`() {
    var ledger = LittleLedger()
    ledger.post(.credit(10), .debit(7))
    let verdict = ledger.post(ledger.reversal(of: 0, allowsPartial: true))[0]
    #expect(verdict.acceptance?.transactions.first?.amount == 3)
    #expect(verdict.acceptance?.remaining == 7)
    #expect(ledger.account()?.balance == 0 && ledger.account()?.totalEarned == 7)
    #expect(
      ledger.post(ledger.reversal(of: 0, allowsPartial: true))[0].refusal
        == .insufficientBalance(available: 0, missing: 7))
  }

  @Test func `held points are not taken back either`() {
    var ledger = LittleLedger([.ada(6, held: 6)])
    ledger.post(.credit(10))
    ledger.post(.debit(5))
    let verdict = ledger.post(ledger.reversal(of: 0, allowsPartial: true))[0]
    #expect(verdict.acceptance?.transactions.first?.amount == 5)
    #expect(ledger.account()?.balance == 6 && ledger.account()?.available == 0)
  }

  @Test func `a purchase taken back was not spent, and is not earned`() {
    var ledger = LittleLedger([.ada(50, earned: 50)])
    ledger.post(.debit(20))
    ledger.post(ledger.reversal(of: 0, 5))
    #expect(ledger.account()?.balance == 35 && ledger.account()?.totalSpent == 15)
    ledger.post(ledger.reversal(of: 0))
    #expect(ledger.account()?.balance == 50 && ledger.account()?.totalSpent == 0)
    #expect(ledger.account()?.totalEarned == 50 && ledger.account()?.earnedAt == .start)
  }

  @Test func `a penalty taken back changes no total`() {
    var ledger = LittleLedger([.ada(50, earned: 50, spent: 9)])
    ledger.post(.debit(20, kind: .penalty))
    ledger.post(ledger.reversal(of: 0))
    #expect(ledger.account()?.balance == 50)
    #expect(ledger.account()?.totalEarned == 50 && ledger.account()?.totalSpent == 9)
  }

  @Test func `a refund taken back counts as spent again, as far as it had been taken from there`() {
    var ledger = LittleLedger([.ada(50, spent: 6)])
    ledger.post(.credit(10, kind: .refund))
    #expect(ledger.account()?.totalSpent == 0)
    ledger.post(ledger.reversal(of: 0, 4))
    #expect(ledger.account()?.totalSpent == 4)
    ledger.post(ledger.reversal(of: 0, 4))
    #expect(ledger.account()?.totalSpent == 6)
    ledger.post(ledger.reversal(of: 0))
    #expect(ledger.account()?.totalSpent == 6 && ledger.account()?.balance == 50)
  }

  @Test func `a purchase that was refunded and then taken back leaves no negative spending`() {
    var ledger = LittleLedger([.ada(50)])
    ledger.post(.debit(20))
    ledger.post(.credit(15, kind: .refund))
    ledger.post(ledger.reversal(of: 0))
    #expect(ledger.account()?.totalSpent == 0 && ledger.account()?.balance == 65)
  }

  @Test func `a posting that takes back many tells the sum that remains, or the most that can be told`() {
    var ledger = LittleLedger()
    ledger.post(.credit(.max), .credit(.max, to: .bob), .credit(5, in: .gems))
    let small = ledger.settle(.of(ledger.reversal(of: 0, 1), ledger.reversal(of: 2, 1)))
    #expect(small.verdicts[0].acceptance?.remaining == .max)
    let both = ledger.settle(.of(ledger.reversal(of: 0, 1), ledger.reversal(of: 1, 1)))
    #expect(both.verdicts[0].acceptance?.remaining == .max)
    let gems = ledger.settle(.of(ledger.reversal(of: 2, 1), ledger.reversal(of: 2, 1)))
    #expect(gems.verdicts[0].acceptance?.remaining == 5)
  }
}

@Suite struct ReversalOfManyTests {
  /// Ada has spent hers, Bob has all of his, and the gems were taken back before.
  private func spentPartly() -> LittleLedger {
    var ledger = LittleLedger()
    ledger.settle(.of(.credit(10), .credit(20, to: .bob), .credit(5, in: .gems)))
    ledger.post(.debit(10), ledger.reversal(of: 2))
    return ledger
  }

  private func whole(_ ledger: LittleLedger, allowsPartial: Bool) -> Posting {
    .of([2, 1, 0].map { ledger.reversal(of: $0, allowsPartial: allowsPartial) })
  }

  @Test func `what has nothing to give is passed over, and what is left of it remains`() throws {
    var ledger = spentPartly()
    let posting = whole(ledger, allowsPartial: true)
    let settlement = ledger.settle(posting)
    let acceptance = try #require(settlement.verdicts[0].acceptance)
    #expect(acceptance.transactions.map(\.account.user) == [.bob])
    #expect(acceptance.transactions.map(\.amount) == [20])
    #expect(acceptance.transactions.map(\.id) == [posting.id.transaction(leg: 0)])
    #expect(acceptance.remaining == 10)
    #expect(settlement.changed == [AccountKey(user: .bob, pointType: .points)])
    #expect(ledger.account(.ada, .gems)?.version == 2)
  }

  @Test func `what is lacking is told if all legs were passed over and something is left`() {
    var ledger = spentPartly()
    ledger.settle(whole(ledger, allowsPartial: true))
    let before = ledger.state.accounts
    let settlement = ledger.settle(whole(ledger, allowsPartial: true))
    #expect(
      settlement.verdicts == [.refused(Refusal(.insufficientBalance(available: 0, missing: 10), leg: 2))])
    #expect(settlement.changed.isEmpty && ledger.state.accounts == before)
    ledger.post(.credit(4))
    let last = ledger.settle(whole(ledger, allowsPartial: true)).verdicts[0].acceptance
    #expect(last?.transactions.map(\.amount) == [4] && last?.remaining == 6)
  }

  @Test func `without leave to take less, one leg that lacks something refuses all`() {
    var ledger = spentPartly()
    let settlement = ledger.settle(whole(ledger, allowsPartial: false))
    #expect(
      settlement.verdicts == [.refused(Refusal(.insufficientBalance(available: 0, missing: 10), leg: 2))])
    #expect(ledger.account(.bob)?.balance == 20)
    ledger.post(.credit(10))
    let acceptance = ledger.settle(whole(ledger, allowsPartial: false)).verdicts[0].acceptance
    #expect(acceptance?.transactions.map(\.amount) == [20, 10] && acceptance?.remaining == 0)
  }

  @Test(arguments: [false, true])
  func `where nothing is left anywhere, that is the answer`(allowsPartial: Bool) {
    var ledger = spentPartly()
    ledger.post(.credit(10))
    ledger.settle(whole(ledger, allowsPartial: false))
    #expect(
      ledger.settle(whole(ledger, allowsPartial: allowsPartial)).verdicts
        == [.refused(Refusal(.aboveReversible(0), leg: 0))])
  }
}

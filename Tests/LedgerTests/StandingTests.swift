// Bounds, and who or what is disabled or gone.
import Ledger
import Testing

@Suite struct StandingTests {
  @Test func `the bounds of a type hold for both directions, and are themselves allowed`() {
    var ledger = LittleLedger([.ada(100)], bounds: 5...20)
    #expect(ledger.post(.credit(4))[0].refusal == .belowMinimum(5))
    #expect(ledger.post(.credit(21))[0].refusal == .aboveMaximum(20))
    #expect(ledger.post(.debit(4))[0].refusal == .belowMinimum(5))
    #expect(ledger.post(.debit(21))[0].refusal == .aboveMaximum(20))
    let within = ledger.post(.credit(5), .credit(20), .debit(5), .debit(20))
    #expect(within.allSatisfy { $0.acceptance != nil })
  }

  @Test(arguments: [Kind.genesis, .distribution, .redemption])
  func `bounds are not about what we pay out or take in ourselves`(kind: Kind) {
    var ledger = LittleLedger([.ada(100)], bounds: 5...20)
    #expect(ledger.post(.credit(21, kind: kind), .debit(4, kind: kind)).allSatisfy { $0.acceptance != nil })
  }

  @Test func `bounds are not about taking back`() {
    var ledger = LittleLedger([.ada(100)], bounds: 5...20)
    ledger.post(.credit(10))
    #expect(ledger.post(ledger.reversal(of: 0, 1))[0].acceptance != nil)
  }

  @Test func `a disabled type takes nothing and gives nothing`() {
    var ledger = LittleLedger()
    #expect(ledger.post(.credit(1, in: .closed))[0].refusal == .typeDisabled)
    #expect(ledger.post(.debit(1, in: .closed))[0].refusal == .typeDisabled)
    #expect(
      ledger.settle(.of(.credit(1, in: .closed), isByAdmin: true)).verdicts[0].refusal == .typeDisabled)
  }

  @Test func `a disabled user gets nothing and pays nothing`() {
    var ledger = LittleLedger()
    #expect(ledger.post(.credit(1, to: .eve))[0].refusal == .userDisabled)
    #expect(ledger.post(.debit(1, from: .eve))[0].refusal == .userDisabled)
    #expect(ledger.settle(.of(.credit(1, to: .eve), isByAdmin: true)).verdicts[0].refusal == .userDisabled)
  }

  @Test(arguments: [
    (AccountKey(user: .ada, pointType: .closed), Refusal.Reason.typeDisabled),
    (AccountKey(user: .eve, pointType: .points), .userDisabled),
  ])
  func `only an admin takes back what is disabled by now`(key: AccountKey, reason: Refusal.Reason) {
    var ledger = LittleLedger([Account(key: key, balance: 5, totalEarned: 5, version: 1, updatedAt: .start)])
    let original = ReversibleTransaction(
      id: Posting.of(.credit(5)).id.transaction(leg: 0), account: key, direction: .credit, amount: 5,
      earned: 5, spent: 0, kind: .award, category: nil, occurredAt: .start, createdAt: .start)
    let leg = Leg(
      account: key, change: .reversal(Reversal(original: original, amount: nil, allowsPartial: false)),
      kind: .reversal, details: TransactionDetails())
    #expect(ledger.settle(.of(leg)).verdicts[0].refusal == reason)
    #expect(ledger.settle(.of(leg, isByAdmin: true)).verdicts[0].acceptance != nil)
    #expect(ledger.state.accounts[key]?.balance == 0)
  }

  @Test func `a type that was deleted since is told, and the legs before it are undone`() {
    var ledger = LittleLedger()
    let settlement = ledger.settle(.of(.credit(1), .credit(1, in: .gone)))
    #expect(settlement.verdicts == [.typeGone(.gone)])
    #expect(ledger.account()?.version == 0 && settlement.changed.isEmpty)
  }
}

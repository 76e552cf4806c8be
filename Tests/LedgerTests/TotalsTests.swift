// What kinds mean for the running totals.
import Ledger
import Testing

@Suite struct TotalsTests {
  @Test(arguments: ["award", "bonus", "raid", "winner", "distribution", "genesis", "purchase", "redemption"])
  func `a credit is earned`(kind: String) throws {
    var ledger = LittleLedger([.ada(5, earned: 5)])
    ledger.post(.credit(3, kind: try #require(Kind(kind))))
    #expect(ledger.account()?.totalEarned == 8 && ledger.account()?.totalSpent == 0)
  }

  @Test(arguments: [Kind.refund, .adjustment, .penalty])
  func `what comes back or is set right is not earned`(kind: Kind) {
    var ledger = LittleLedger([.ada(5, earned: 5)])
    ledger.post(.credit(3, kind: kind))
    #expect(ledger.account()?.balance == 8 && ledger.account()?.totalEarned == 5)
  }

  @Test(arguments: [Kind.purchase, .redemption])
  func `a purchase and a redemption are spent`(kind: Kind) {
    var ledger = LittleLedger([.ada(5, earned: 5)])
    ledger.post(.debit(3, kind: kind))
    #expect(ledger.account()?.totalSpent == 3 && ledger.account()?.totalEarned == 5)
  }

  @Test(arguments: ["penalty", "adjustment", "award", "raid", "refund"])
  func `any other debit is neither spent nor taken from what was earned`(kind: String) throws {
    var ledger = LittleLedger([.ada(5, earned: 5, spent: 2)])
    ledger.post(.debit(3, kind: try #require(Kind(kind))))
    #expect(ledger.account()?.totalSpent == 2 && ledger.account()?.totalEarned == 5)
  }

  @Test func `a refund takes its amount from what was spent, down to zero`() {
    var ledger = LittleLedger([.ada(100, earned: 100, spent: 10)])
    ledger.post(.credit(4, kind: .refund))
    #expect(ledger.account()?.totalSpent == 6)
    ledger.post(.credit(9, kind: .refund))
    #expect(ledger.account()?.totalSpent == 0)
    #expect(ledger.account()?.balance == 113 && ledger.account()?.totalEarned == 100)
  }

  @Test func `earnedAt changes with what was earned, and with nothing else`() {
    let later = Instant(microseconds: Instant.start.microseconds + 1)
    var ledger = LittleLedger([.ada(5, earned: 5)], now: later)
    ledger.post(.debit(1), .credit(1, kind: .refund), .credit(1, kind: .adjustment))
    #expect(ledger.account()?.earnedAt == .start && ledger.account()?.lastTransactionAt == later)
    ledger.post(.credit(1))
    #expect(ledger.account()?.earnedAt == later)
  }

  @Test func `an account that never earned anything has no time for it`() {
    var ledger = LittleLedger()
    ledger.post(.credit(5, kind: .adjustment), .debit(2))
    #expect(ledger.account()?.earnedAt == nil && ledger.account()?.version == 2)
  }
}

// A batch is settled posting by posting: each sees what the one before left, and none leaves half of itself.
import Ledger
import Testing

@Suite struct SettlementTests {
  @Test func `a credit is one link of the chain, and its account is what it left`() throws {
    var ledger = LittleLedger([.ada(10, earned: 10)])
    let posting = Posting.of(.credit(5))
    let settlement = ledger.settle(posting)
    let transaction = try #require(settlement.verdicts[0].acceptance?.transactions.first)
    #expect(transaction.id == posting.id.transaction(leg: 0))
    #expect(transaction.version == 5 && transaction.direction == .credit && transaction.amount == 5)
    #expect(transaction.before == 10 && transaction.after == 15)
    #expect(transaction.totalEarned == 15 && transaction.totalSpent == 0)
    #expect(transaction.kind == .award && transaction.reverses == nil)
    #expect(transaction.createdBy == posting.service)
    #expect(transaction.createdAt == .start && transaction.occurredAt == .start)
    #expect(settlement.transactions == [transaction])
    let account = try #require(ledger.account())
    #expect(account.balance == 15 && account.totalEarned == 15 && account.version == 5)
    #expect(account.revision == 7 && account.lastTransactionAt == .start && account.earnedAt == .start)
    #expect(settlement.changed == [account.key])
  }

  @Test func `each posting of a batch sees what the one before left`() {
    var ledger = LittleLedger()
    let settlement = ledger.settle(.of(.credit(7)), .of(.debit(5)), .of(.debit(5)), .of(.debit(2)))
    #expect(settlement.verdicts.map { $0.acceptance != nil } == [true, true, false, true])
    #expect(settlement.verdicts[2].refusal == .insufficientBalance(available: 2, missing: 3))
    #expect(ledger.account()?.balance == 0)
    #expect(settlement.transactions.map(\.version) == [1, 2, 3])
    #expect(settlement.transactions.map(\.before) == [0, 7, 2])
    #expect(settlement.transactions.map(\.after) == [7, 2, 0])
  }

  @Test func `legs take effect in their order, also twice on one account`() {
    var ledger = LittleLedger()
    let posting = Posting.of(.credit(5), .debit(4), .credit(1, to: .bob), .credit(2))
    let settlement = ledger.settle(posting)
    #expect(settlement.transactions.map(\.after) == [5, 1, 1, 3])
    #expect(settlement.transactions.map(\.version) == [1, 2, 1, 3])
    #expect(settlement.transactions.map(\.id) == (0..<4).map { posting.id.transaction(leg: $0) })
    #expect(settlement.verdicts[0].acceptance?.remaining == nil)
  }

  @Test func `a refused leg undoes every leg before it, also those on one account`() {
    var ledger = LittleLedger([.ada(10, held: 2, earned: 11, spent: 1)])
    ledger.post(.credit(3, to: .bob))
    let before = ledger.state
    let settlement = ledger.settle(
      .of(.credit(5), .debit(1, from: .bob), .debit(6), ledger.reversal(of: 0, 2), .debit(1, from: .bob)))
    #expect(
      settlement.verdicts == [
        .refused(Refusal(.insufficientBalance(available: 0, missing: 1), leg: 4))
      ])
    #expect(ledger.state.accounts == before.accounts)
    #expect(ledger.state.reversed.values.allSatisfy { $0 == 0 })
    #expect(settlement.transactions.isEmpty && settlement.changed.isEmpty)
  }

  @Test func `a refused posting does not disturb its neighbours`() {
    var ledger = LittleLedger()
    let settlement = ledger.settle(
      .of(.credit(4)), .of(.credit(100), .debit(1, from: .bob)), .of(.debit(4)))
    #expect(settlement.verdicts.map { $0.acceptance != nil } == [true, false, true])
    #expect(settlement.changed == [AccountKey(user: .ada, pointType: .points)])
  }

  @Test func `points that are held cannot be spent, and the refusal tells what could be`() {
    var ledger = LittleLedger([.ada(10, held: 4)])
    #expect(ledger.post(.debit(7))[0].refusal == .insufficientBalance(available: 6, missing: 1))
    #expect(ledger.post(.debit(6))[0].acceptance != nil)
    #expect(ledger.account()?.held == 4)
  }

  @Test func `a user without an account is unknown`() {
    var ledger = LittleLedger()
    let verdict = ledger.settle(.of(.credit(1), .credit(1, to: .stranger))).verdicts[0]
    #expect(verdict == .refused(Refusal(.userUnknown, leg: 1)))
    #expect(ledger.account()?.version == 0)
  }

  @Test func `time does not go back within an account, though the clock does`() {
    let later = Instant(microseconds: Instant.start.microseconds + 60_000_000)
    var ledger = LittleLedger([.ada(1, updatedAt: later)])
    let settlement = ledger.settle(.of(.credit(1), .credit(1, to: .bob)))
    #expect(settlement.transactions.map(\.createdAt) == [later, .start])
    #expect(ledger.account()?.updatedAt == later && ledger.account()?.lastTransactionAt == later)
  }

  @Test func `an event keeps its own time, and the transaction tells both`() {
    var ledger = LittleLedger()
    let event = Instant(microseconds: 5)
    var details = TransactionDetails()
    details.occurredAt = event
    details.reason = "an old one"
    let leg = Leg(
      account: AccountKey(user: .ada, pointType: .points), change: .credit(1), kind: .award,
      details: details)
    let transaction = ledger.settle(.of(leg)).transactions[0]
    #expect(transaction.occurredAt == event && transaction.createdAt == .start)
    #expect(transaction.details == details)
  }

  @Test func `a transaction is told as it will be read back`() {
    var ledger = LittleLedger()
    let transaction = ledger.settle(.of(.credit(1))).transactions[0]
    #expect(transaction.details.occurredAt == transaction.occurredAt)
  }

  @Test func `an empty batch decides nothing`() {
    var ledger = LittleLedger()
    let settlement = ledger.settle([])
    #expect(settlement.verdicts.isEmpty && settlement.transactions.isEmpty && settlement.changed.isEmpty)
  }
}

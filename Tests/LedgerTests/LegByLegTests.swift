// A posting that is decided leg by leg: what is refused is told, and keeps nobody else from what is his.
import Ledger
import Testing

@Suite struct LegByLegTests {
  @Test func `what is refused does not stop the others, and is told with its place`() {
    var ledger = LittleLedger([.ada(.max)])
    let settlement = ledger.settle(
      .legByLeg(.credit(1, to: .bob), .credit(2, to: .eve), .credit(3), .credit(4, to: .bob)))
    let acceptance = settlement.verdicts[0].acceptance
    #expect(acceptance?.transactions.map(\.amount) == [1, 4])
    #expect(
      acceptance?.refusedLegs == [Refusal(.userDisabled, leg: 1), Refusal(.overflow(.balance), leg: 2)])
    #expect(ledger.account(.bob)?.balance == 5)
    #expect(ledger.account()?.balance == .max)
    #expect(settlement.changed == [AccountKey(user: .bob, pointType: .points)])
  }

  @Test func `the transactions of those that take effect are numbered without a gap`() {
    var ledger = LittleLedger()
    let posting = Posting.legByLeg(.credit(2, to: .eve), .credit(1), .credit(1, to: .bob))
    let made = ledger.settle(posting).verdicts[0].acceptance?.transactions
    #expect(made?.map(\.id) == [posting.id.transaction(leg: 0), posting.id.transaction(leg: 1)])
  }

  @Test func `where all is refused the posting stands, and moves nothing`() {
    var ledger = LittleLedger()
    let settlement = ledger.settle(.legByLeg(.credit(2, to: .eve), .debit(1, from: .bob)))
    let acceptance = settlement.verdicts[0].acceptance
    #expect(acceptance?.transactions == [] && acceptance?.refusedLegs.map(\.leg) == [0, 1])
    #expect(settlement.changed.isEmpty)
  }

  @Test func `a leg sees what those before it did`() {
    var ledger = LittleLedger()
    let settlement = ledger.settle(.legByLeg(.debit(5), .credit(9), .debit(5), .debit(5)))
    #expect(
      settlement.verdicts[0].acceptance?.refusedLegs == [
        Refusal(.insufficientBalance(available: 0, missing: 5), leg: 0),
        Refusal(.insufficientBalance(available: 4, missing: 1), leg: 3),
      ])
    #expect(ledger.account()?.balance == 4)
  }

  @Test func `of what is taken back as far as there is something, nothing to take is told too`() {
    var ledger = LittleLedger()
    ledger.post(.credit(5), .credit(7, to: .bob), .debit(5), .debit(3, from: .bob))
    let settlement = ledger.settle(
      .legByLeg(
        ledger.reversal(of: 0, 5, allowsPartial: true), ledger.reversal(of: 1, 7, allowsPartial: true)))
    let acceptance = settlement.verdicts[0].acceptance
    #expect(acceptance?.refusedLegs == [Refusal(.insufficientBalance(available: 0, missing: 5), leg: 0)])
    #expect(acceptance?.transactions.map(\.amount) == [4])
    #expect(acceptance?.remaining == 8)
  }

  @Test func `what somebody else has taken back meanwhile is told, and keeps nobody else`() {
    var ledger = LittleLedger([.ada(50)])
    ledger.post(.credit(5), .credit(7, to: .bob))
    ledger.post(ledger.reversal(of: 0), ledger.reversal(of: 1, 3))
    let settlement = ledger.settle(
      .legByLeg(
        ledger.reversal(of: 0, 5, allowsPartial: true), ledger.reversal(of: 1, 7, allowsPartial: true)))
    let acceptance = settlement.verdicts[0].acceptance
    #expect(acceptance?.refusedLegs == [Refusal(.aboveReversible(0), leg: 0)])
    #expect(acceptance?.transactions.map(\.amount) == [4] && acceptance?.remaining == 0)
  }

  @Test func `a point type that is gone is no refusal of a leg`() {
    var ledger = LittleLedger()
    let settlement = ledger.settle(.legByLeg(.credit(1), .credit(1, in: .gone)))
    #expect(settlement.verdicts == [.typeGone(.gone)])
    #expect(ledger.account()?.balance == 0)
  }
}

extension Posting {
  fileprivate static func legByLeg(_ legs: Leg...) -> Posting {
    let posting = of(legs)
    return Posting(
      id: posting.id, legs: legs, request: nil, service: posting.service, isByAdmin: false,
      decision: .legByLeg)
  }
}

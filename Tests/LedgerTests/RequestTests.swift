// A key is answered once; whoever asks again hears the same, and another request under it is told so.
import Ledger
import Testing

@Suite struct RequestTests {
  @Test func `twins in a batch are decided once`() {
    var ledger = LittleLedger()
    let settlement = ledger.settle(
      .of(.credit(5), key: 1), .of(.credit(5), key: 2), .of(.credit(5), key: 1), .of(.credit(5), key: 1))
    #expect(settlement.verdicts[2...] == [.twin(of: 0), .twin(of: 0)])
    #expect(ledger.account()?.balance == 10)
  }

  @Test func `a refusal has twins too, though the balance has changed between them`() {
    var ledger = LittleLedger()
    let settlement = ledger.settle(.of(.debit(5), key: 1), .of(.credit(9)), .of(.debit(5), key: 1))
    #expect(settlement.verdicts[0].refusal == .insufficientBalance(available: 0, missing: 5))
    #expect(settlement.verdicts[2] == .twin(of: 0))
    #expect(ledger.account()?.balance == 9)
  }

  @Test func `a refusal that is not kept is as if never asked, for a twin and for another request`() {
    var ledger = LittleLedger()
    let settlement = ledger.settle(
      .of(.debit(5), key: 1, keepsRefusals: false), .of(.credit(9)),
      .of(.debit(6), key: 1, body: 9, keepsRefusals: false), .of(.debit(5), key: 1, keepsRefusals: false))
    #expect(settlement.verdicts[0].refusal == .insufficientBalance(available: 0, missing: 5))
    #expect(settlement.verdicts[3] == .conflicting(.amount))
    #expect(ledger.account()?.balance == 3)
  }

  @Test func `another request under a key of the batch conflicts, and the field is named`() {
    var ledger = LittleLedger()
    let settlement = ledger.settle(
      .of(.credit(5), key: 1, body: 0), .of(.credit(6), key: 1, body: 9), .of(.credit(5), key: 1, body: 0))
    #expect(settlement.verdicts[1...] == [.conflicting(.amount), .twin(of: 0)])
    #expect(ledger.account()?.balance == 5)
  }

  @Test func `postings without a key have no twins`() {
    var ledger = LittleLedger()
    let posting = Posting.of(.credit(5))
    #expect(ledger.settle(posting, .of(.credit(5))).transactions.count == 2)
  }

  @Test(arguments: [
    RememberedRequest.Outcome.posted(PostingID(UUIDBits(high: 9, low: 0)), remaining: 4),
    .refused(Refusal(.userDisabled, leg: 3)),
  ])
  func `a remembered request gets its first answer and changes nothing`(
    outcome: RememberedRequest.Outcome
  ) {
    var ledger = LittleLedger()
    let remembered = RememberedRequest(fingerprint: .ofBody(0), outcome: outcome)
    let settlement = ledger.settle([
      Submission(.of(.credit(5), key: 1), remembered: remembered),
      Submission(.of(.credit(5), key: 1), remembered: remembered),
      Submission(.of(.credit(6), key: 1, body: 1), remembered: remembered),
    ])
    #expect(settlement.verdicts == [.replayed(outcome), .replayed(outcome), .conflicting(.amount)])
    #expect(settlement.transactions.isEmpty && settlement.changed.isEmpty)
  }

  @Test func `a posting that stands already is not made again`() {
    var ledger = LittleLedger()
    let posting = Posting.of(.credit(5), key: 1)
    let outcome = RememberedRequest.Outcome.posted(posting.id, remaining: nil)
    let remembered = RememberedRequest(fingerprint: .ofBody(0), outcome: outcome)
    let settlement = ledger.settle([
      Submission(posting, remembered: remembered, isStanding: true),
      Submission(.of(.credit(5), key: 1), remembered: remembered),
    ])
    #expect(settlement.verdicts == [.replayed(outcome), .replayed(outcome)])
    #expect(settlement.transactions.isEmpty)
  }

  @Test func `a reversal that stands already tells what remains, remembered or as it is now`() {
    var ledger = LittleLedger()
    ledger.post(.credit(10))
    let keyless = Posting.of(ledger.reversal(of: 0, 4))
    let keyed = Posting.of(ledger.reversal(of: 0, 1), key: 1)
    ledger.settle(keyless, keyed)
    let remembered = RememberedRequest(
      fingerprint: .ofBody(0), outcome: .posted(keyed.id, remaining: 5))
    ledger.post(ledger.reversal(of: 0, 2))
    let settlement = ledger.settle([
      Submission(keyless, isStanding: true), Submission(keyed, remembered: remembered, isStanding: true),
    ])
    #expect(
      settlement.verdicts == [
        .replayed(.posted(keyless.id, remaining: 3)), .replayed(.posted(keyed.id, remaining: 5)),
      ])
  }

  @Test func `a deleted type is no answer under a key, so the next twin is decided for itself`() {
    var ledger = LittleLedger()
    let settlement = ledger.settle(
      .of(.credit(5, in: .gone), key: 1, body: 1), .of(.credit(5), key: 1, body: 2))
    #expect(settlement.verdicts[0] == .typeGone(.gone))
    #expect(settlement.verdicts[1].acceptance != nil)
  }
}

@Suite struct RequestFingerprintTests {
  @Test func `equal digests are the same request, whatever the fields look like`() {
    var other = RequestFingerprint.ofBody(0).bytes
    other[RequestFingerprint.wholeLength] = 1
    #expect(RequestFingerprint.ofBody(0).difference(from: RequestFingerprint(bytes: other)) == nil)
  }

  @Test(arguments: RequestFingerprint.Field.allCases)
  func `the field that differs is named`(field: RequestFingerprint.Field) throws {
    let index = try #require(RequestFingerprint.Field.allCases.firstIndex(of: field))
    for byte in 0...1 {
      var other = RequestFingerprint.ofBody(0).bytes
      other[RequestFingerprint.wholeLength - 1] = 1
      other[RequestFingerprint.wholeLength + 2 * index + byte] = 1
      #expect(RequestFingerprint.ofBody(0).difference(from: RequestFingerprint(bytes: other)) == field)
    }
  }

  @Test func `a difference that no field shows is one of the operation`() {
    var other = RequestFingerprint.ofBody(0).bytes
    other[3] = 1
    #expect(RequestFingerprint.ofBody(0).difference(from: RequestFingerprint(bytes: other)) == .operation)
    let short = RequestFingerprint(bytes: Array(other.prefix(RequestFingerprint.wholeLength)))
    #expect(short.difference(from: .ofBody(0)) == .operation)
  }
}

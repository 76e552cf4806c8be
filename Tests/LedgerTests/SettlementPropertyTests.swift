// Random batches against the model: every verdict, every figure of every transaction, and every account.
import Ledger
import TestSupport
import Testing

@Suite struct SettlementPropertyTests {
  @Test func `whatever is posted, the ledger and the model agree`() throws {
    var random = SeededGenerator.forThisRun()
    var seen = Set<String>()
    for _ in 0..<400 {
      var world = World(&random)
      for _ in 0..<12 { try world.runBatch(&random) }
      world.compareAccounts()
      seen.formUnion(world.answers.map(\.name))
    }
    let names = RefusalTests.reasons.map { Refusal($0, leg: 0).storedName }
    #expect(
      seen == Set(names + ["accepted", "replayed", "twin", "conflicting"]), "Not everything was drawn.")
  }
}

/// The ledger, the model beside it, and what a store would remember between batches.
private struct World {
  var ledger: LittleLedger
  var model = Model()
  let bounds: ClosedRange<Int64>
  /// Some worlds know small amounts only, some the edges of 64 bits as well.
  let amounts: [Int64]
  var requests: [UInt64: RememberedRequest] = [:]
  /// What each posting was answered, by its number.
  var answers: [Verdict] = []

  init(_ random: inout SeededGenerator) {
    amounts =
      Bool.random(using: &random)
      ? [1, 2, 3, 5, 8, 100] : [1, 7, 1 << 53, .max / 2, .max - 1, .max]
    bounds = Bool.random(using: &random) ? 2...Int64.max : 1...(amounts.last ?? 1) - 1
    ledger = LittleLedger(bounds: bounds)
  }

  mutating func runBatch(_ random: inout SeededGenerator) throws {
    let plans = (0..<Int.random(in: 1...6, using: &random)).map { _ in plan(&random) }
    let first = answers.count
    let settlement = ledger.settle(
      plans.map { plan in Submission(plan.posting, remembered: plan.key.flatMap { requests[$0] }) })
    try #require(settlement.verdicts.count == plans.count)
    for (offset, (plan, verdict)) in zip(plans, settlement.verdicts).enumerated() {
      let expected = model.post(plan, number: first + offset)
      compare(verdict, expected, plan, first: first)
      answers.append(verdict)
      remember(verdict, of: plan)
    }
  }

  private func compare(_ verdict: Verdict, _ expected: Expected, _ plan: PlannedPosting, first: Int) {
    switch (verdict, expected) {
    case (.accepted(let acceptance), .accepted(let amounts, let remaining)):
      #expect(acceptance.remaining == remaining)
      #expect(acceptance.transactions.map(\.amount) == amounts)
      #expect(
        acceptance.transactions.map(\.id) == amounts.indices.map { plan.posting.id.transaction(leg: $0) })
      compareFigures(acceptance.transactions)
    case (.refused(let refusal), .refused(let reason, let leg)):
      #expect(refusal == Refusal(reason, leg: leg))
    case (.conflicting(let field), .conflicting): #expect(field == .amount)
    case (.twin(let twin), .asBefore(let number)): #expect(first + twin == number)
    case (.replayed(let outcome), .asBefore(let number)):
      #expect(outcome == answers[number].outcome(of: requests[plan.key ?? 0]))
    case _: Issue.record("\(verdict) where \(expected) was expected")
    }
  }

  /// The last transaction of each account must tell what the model computes.
  private func compareFigures(_ transactions: [Transaction]) {
    var last: [AccountKey: Transaction] = [:]
    for transaction in transactions {
      if let before = last[transaction.account] {
        #expect(transaction.before == before.after && transaction.version == before.version + 1)
      }
      last[transaction.account] = transaction
    }
    for (key, transaction) in last {
      let figures = model.figures(key.user.text, key.pointType.name)
      #expect(Int128(transaction.after) == figures.balance && Int(transaction.version) == figures.count)
      #expect(Int128(transaction.totalEarned) == figures.earned)
      #expect(Int128(transaction.totalSpent) == figures.spent)
    }
  }

  func compareAccounts() {
    for place in ledger.state.accounts.indices {
      let account = ledger.state.accounts[place]
      let key = account.key
      let figures = model.figures(key.user.text, key.pointType.name)
      #expect(Int128(account.balance) == figures.balance && Int(account.version) == figures.count)
      #expect(Int128(account.totalEarned) == figures.earned)
      #expect(Int128(account.totalSpent) == figures.spent)
      #expect((account.lastTransactionAt == nil) == (figures.count == 0))
    }
  }

  private mutating func remember(_ verdict: Verdict, of plan: PlannedPosting) {
    guard let key = plan.key, let request = plan.posting.request else { return }
    switch verdict {
    case .accepted(let acceptance):
      requests[key] = RememberedRequest(
        fingerprint: request.fingerprint,
        outcome: .posted(plan.posting.id, remaining: acceptance.remaining))
    case .refused(let refusal):
      requests[key] = RememberedRequest(fingerprint: request.fingerprint, outcome: .refused(refusal))
    case .replayed, .twin, .conflicting, .typeGone: break
    }
  }

  // MARK: Drawing

  private func plan(_ random: inout SeededGenerator) -> PlannedPosting {
    let legs = wholeReversal(&random) ?? (0..<Int.random(in: 1...3, using: &random)).map { _ in leg(&random) }
    let key = Bool.random(using: &random) ? UInt64.random(in: 1...20, using: &random) : nil
    let body = UInt8.random(in: 0...9, using: &random) == 0 ? UInt8(1) : 0
    return PlannedPosting(
      legs: legs, key: key, body: body, bounds: bounds,
      posting: .of(legs.map(realLeg), key: key, body: body))
  }

  /// Now and then all that is left of a posting, its last leg first.
  private func wholeReversal(_ random: inout SeededGenerator) -> [PlannedLeg]? {
    let originals = model.entries.filter { $0.reverses == nil }
    guard Int.random(in: 0..<5, using: &random) == 0, let one = originals.randomElement(using: &random)
    else { return nil }
    let allowsPartial = Bool.random(using: &random)
    return originals.filter { $0.id.posting == one.id.posting }.reversed().map { original in
      PlannedLeg(
        user: original.user, type: original.type, isCredit: !original.isCredit, amount: 0, kind: "reversal",
        reverses: original.id, allowsPartial: allowsPartial)
    }
  }

  private func leg(_ random: inout SeededGenerator) -> PlannedLeg {
    let amount = amounts.randomElement(using: &random) ?? 1
    // What was taken back is not taken back again: the API offers no such thing.
    let originals = model.entries.filter { $0.reverses == nil }
    if Int.random(in: 0..<4, using: &random) == 0, let original = originals.randomElement(using: &random) {
      let isWhole = Bool.random(using: &random)
      return PlannedLeg(
        user: original.user, type: original.type, isCredit: !original.isCredit, amount: isWhole ? 0 : amount,
        kind: "reversal", reverses: original.id, allowsPartial: Bool.random(using: &random))
    }
    let kinds = ["award", "purchase", "refund", "penalty", "adjustment", "redemption", "raid"]
    return PlannedLeg(
      user: ["ada", "ada", "ada", "bob", "bob", "eve", "stranger"].randomElement(using: &random) ?? "ada",
      type: ["points", "points", "points", "gems", "gems", "closed"].randomElement(using: &random) ?? "gems",
      isCredit: Int.random(in: 0..<5, using: &random) < 3, amount: amount,
      kind: kinds.randomElement(using: &random) ?? "award")
  }

  private func realLeg(_ leg: PlannedLeg) -> Leg {
    let key = AccountKey(user: UserID(stored: leg.user), pointType: .named(leg.type))
    guard let id = leg.reverses, let original = ledger.history.first(where: { $0.id == id }) else {
      return leg.isCredit
        ? .credit(leg.amount, to: key.user, in: key.pointType, kind: Kind(stored: leg.kind))
        : .debit(leg.amount, from: key.user, in: key.pointType, kind: Kind(stored: leg.kind))
    }
    let reversal = Reversal(
      original: ledger.reversible(original), amount: leg.amount == 0 ? nil : leg.amount,
      allowsPartial: leg.allowsPartial)
    return Leg(account: key, change: .reversal(reversal), kind: .reversal, details: TransactionDetails())
  }
}

extension Verdict {
  fileprivate var name: String {
    switch self {
    case .accepted: "accepted"
    case .refused(let refusal): refusal.storedName
    case .replayed: "replayed"
    case .twin: "twin"
    case .conflicting: "conflicting"
    case .typeGone: "typeGone"
    }
  }

  /// What a store would have kept of it.
  fileprivate func outcome(of remembered: RememberedRequest?) -> RememberedRequest.Outcome? {
    switch self {
    case .accepted(let acceptance):
      acceptance.transactions.first.map { .posted($0.id.posting, remaining: acceptance.remaining) }
    case .refused(let refusal): .refused(refusal)
    case .replayed(let outcome): outcome
    case .twin, .conflicting, .typeGone: remembered?.outcome
    }
  }
}

extension PointTypeID {
  fileprivate static func named(_ name: String) -> PointTypeID {
    switch name {
    case "points": .points
    case "gems": .gems
    case _: .closed
    }
  }

  fileprivate var name: String {
    switch self {
    case .points: "points"
    case .gems: "gems"
    case _: "closed"
    }
  }
}

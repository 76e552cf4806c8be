// Draws what callers ask for: new postings of every kind, and repetitions, some of which say something else.
import TestSupport

struct PostingDraw {
  var random: SeededGenerator
  private var named: [PlannedPosting] = []
  private var count = 0

  init(_ random: SeededGenerator) {
    self.random = random
  }

  /// Two spellings of one letter, one id that contains another, and what needs escapes somewhere.
  static let users = [
    "\u{E9}", "e\u{301}", "a/b", "a", "100%", "\"o'neil\"\\", "名前 x", String(repeating: "x", count: 128),
  ]
  /// Whoever has so much that sums overflow.
  private static let rich = "a"
  static let types = ["points", LedgerModel.boundedType]

  mutating func next(_ model: LedgerModel) -> PlannedPosting {
    if !named.isEmpty, chance(25), let first = named.randomElement(using: &random) { return again(first) }
    var planned = PlannedPosting(change: change(model))
    planned.isOther = chance(15)
    if chance(75) {
      count += 1
      planned.name = "request \(count)"
      named.append(planned)
    }
    return planned
  }

  /// Some postings that go into one batch.
  mutating func batch(_ model: LedgerModel) -> [PlannedPosting] {
    (0..<Int.random(in: 1...5, using: &random)).map { _ in
      let repeatable = named.filter { if case .post = $0.change { !$0.isOther } else { false } }
      if chance(25), let first = repeatable.randomElement(using: &random) { return again(first) }
      count += 1
      let planned = PlannedPosting(change: .post(legs()), name: "request \(count)")
      named.append(planned)
      return planned
    }
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  mutating func account() -> AccountName {
    AccountName(
      Self.users.randomElement(using: &random) ?? "", chance(70) ? "points" : LedgerModel.boundedType)
  }

  // MARK: Parts

  /// The same, or the same but for one thing.
  private mutating func again(_ first: PlannedPosting) -> PlannedPosting {
    guard chance(35) else { return first }
    var other = first
    switch first.change {
    case .award(var leg):
      alter(&leg)
      other.change = .award(leg)
    case .deduct(var leg):
      alter(&leg)
      other.change = .deduct(leg)
    case .post(var legs):
      if chance(30) { legs.append(legs[0]) } else { alter(&legs[0]) }
      other.change = .post(legs)
    case .reverseTransaction(let id, let amount, let isPartial):
      other.change = .reverseTransaction(id, amount: (amount ?? 0) + 1, allowPartial: isPartial)
    case .reversePosting(let id, let isPartial):
      other.change = .reversePosting(id, allowPartial: !isPartial)
    }
    return other
  }

  private mutating func alter(_ leg: inout PlannedLeg) {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: leg.amount = leg.amount == .max ? 1 : leg.amount + 1
    case 1: leg.account = AccountName(leg.account.userID == "a/b" ? "a" : "a/b", leg.account.type)
    case _: leg.reason = (leg.reason ?? "") + "!"
    }
  }

  private mutating func change(_ model: LedgerModel) -> PlannedPosting.Change {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<30: return .award(leg(isCredit: true))
    case 30..<50: return .deduct(leg(isCredit: false))
    case 50..<70: return .post(legs())
    case 70..<88: return reversal(of: original(model)) ?? .award(leg(isCredit: true))
    case _:
      guard let posting = original(model)?.posting,
        let entries = model.postings[posting], !entries.contains(where: { $0.kind == "reversal" })
      else { return .post(legs()) }
      return .reversePosting(posting, allowPartial: chance(60))
    }
  }

  private mutating func reversal(of entry: LedgerModel.Entry?) -> PlannedPosting.Change? {
    guard let entry else { return nil }
    let most = entry.amount == .max ? .max : entry.amount + 1
    return .reverseTransaction(
      entry.id, amount: chance(60) ? Int64.random(in: 1...most, using: &random) : nil,
      allowPartial: chance(40))
  }

  /// Sorted before one is drawn: the order of a dictionary is another in each run.
  private mutating func original(_ model: LedgerModel) -> LedgerModel.Entry? {
    let account = account()
    return model.history(of: account).entries.filter { $0.kind != "reversal" }.randomElement(using: &random)
  }

  /// Over at most three accounts.
  private mutating func legs() -> [PlannedLeg] {
    let accounts = (0..<3).map { _ in account() }
    return (0..<Int.random(in: 1...5, using: &random)).map { _ in
      var leg = leg(isCredit: chance(60))
      leg.account = accounts.randomElement(using: &random) ?? leg.account
      if leg.account.userID != Self.rich { leg.amount = min(leg.amount, 70) }
      return leg
    }
  }

  private mutating func leg(isCredit: Bool) -> PlannedLeg {
    let account = account()
    var amount = Int64.random(in: 1...50, using: &random)
    if account.userID == Self.rich, chance(30) { amount = .max - Int64.random(in: 0...100, using: &random) }
    if account.type == LedgerModel.boundedType, chance(15) {
      amount = [1, 61].randomElement(using: &random) ?? 1
    }
    return PlannedLeg(
      account: account, isCredit: isCredit, amount: amount, kind: kind(isCredit),
      reason: chance(20) ? "\u{E9}\n\"\(amount)\"" : nil,
      metadata: chance(20) ? #"{"n":9007199254740993,"t":["a",null,1.50]}"# : nil)
  }

  private mutating func kind(_ isCredit: Bool) -> String? {
    let kinds: [String?] =
      isCredit
      ? [nil, nil, "refund", "adjustment", "penalty", "winner"] : [nil, "purchase", "penalty", "raid"]
    return kinds.randomElement(using: &random) ?? nil
  }
}

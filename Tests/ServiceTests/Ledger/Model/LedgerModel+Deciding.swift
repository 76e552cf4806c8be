// The rules of postings once more, from the documents.

extension LedgerModel {
  /// What becomes of the posting on accounts that are in these states.
  func decide(_ planned: PlannedPosting, on states: [AccountName: State]) -> Decision {
    var states = states
    var changes: [Change] = []
    var remaining: Int64?
    var passedOver: Decision?
    var hasMissed = false
    let wishes = wishes(of: planned)
    for (index, wish) in wishes.enumerated() {
      let state = states[wish.account] ?? State()
      // The legs of a reversal go back the way they came, and are told by the place they had.
      let leg = planned.legs.isEmpty ? wishes.count - 1 - index : index
      switch decide(wish, on: state) {
      case .failure(let no):
        let refusal = Decision.refused(no.code, no.figures, figure: no.figure, leg: leg)
        guard no.isPassedOver else { return refusal }
        // That there is something left to take says more than that there is nothing.
        let isMiss = no.code == "insufficient_balance"
        if passedOver == nil || isMiss && !hasMissed { passedOver = refusal }
        hasMissed = hasMissed || isMiss
      case .success(let change):
        states[wish.account, default: State()].apply(change)
        changes.append(change)
      }
      guard let original = wish.original else { continue }
      let left = original.amount - (states[wish.account]?.reversed[original.id] ?? 0)
      let (sum, overflows) = (remaining ?? 0).addingReportingOverflow(left)
      remaining = overflows ? .max : sum
    }
    if changes.isEmpty, let passedOver { return passedOver }
    return .accepted(changes, remaining: remaining)
  }

  /// All accounts that a posting is about.
  func accounts(of planned: PlannedPosting) -> Set<AccountName> {
    Set(wishes(of: planned).map(\.account))
  }

  /// A leg, or a part of a reversal.
  private struct Wish {
    let account: AccountName
    let isCredit: Bool
    /// Nil means all that is left of the original.
    let amount: Int64?
    let kind: String
    var original: Entry?
    var allowsPartial = false
  }

  private struct No: Error {
    let code: String
    var figures: [String: Int64] = [:]
    var figure: String?
    /// A reversal with nothing to take: the other legs go on without it.
    var isPassedOver = false
  }

  private func wishes(of planned: PlannedPosting) -> [Wish] {
    switch planned.change {
    case .reverseTransaction(let id, let amount, let allowsPartial):
      return entries[id].map { [Self.wish(to: $0, amount, allowsPartial)] } ?? []
    case .reversePosting(let id, let allowsPartial):
      return (postings[id] ?? []).reversed().map { Self.wish(to: $0, nil, allowsPartial) }
    case .award, .deduct, .post:
      return planned.legs.map {
        Wish(
          account: $0.account, isCredit: $0.isCredit, amount: $0.amount,
          kind: $0.kind ?? ($0.isCredit ? "award" : "purchase"))
      }
    }
  }

  private static func wish(to entry: Entry, _ amount: Int64?, _ allowsPartial: Bool) -> Wish {
    Wish(
      account: entry.account, isCredit: !entry.isCredit, amount: amount, kind: "reversal", original: entry,
      allowsPartial: allowsPartial)
  }

  private func decide(_ wish: Wish, on state: State) -> Result<Change, No> {
    if let original = wish.original { return reverse(original, wish, on: state) }
    let amount = wish.amount ?? 0
    if wish.account.type == Self.boundedType {
      let bounds = Self.bounds
      if amount < bounds.lowerBound {
        return .failure(No(code: "limit_exceeded", figures: ["minimum": bounds.lowerBound]))
      }
      if amount > bounds.upperBound {
        return .failure(No(code: "limit_exceeded", figures: ["maximum": bounds.upperBound]))
      }
    }
    var (earned, spent): (Int128, Int128) = (0, 0)
    switch (wish.isCredit, wish.kind) {
    case (true, "refund"): spent = -min(Int128(amount), state.spent)
    case (true, "adjustment"), (true, "penalty"): break
    case (true, _): earned = Int128(amount)
    case (false, "purchase"): spent = Int128(amount)
    case (false, _): break
    }
    if !wish.isCredit, let no = Self.missing(amount, state) { return .failure(no) }
    return Self.bounded(
      Change(
        account: wish.account, isCredit: wish.isCredit, amount: amount, kind: wish.kind, reverses: nil,
        earned: earned, spent: spent), state)
  }

  private func reverse(_ original: Entry, _ wish: Wish, on state: State) -> Result<Change, No> {
    let before = state.reversed[original.id] ?? 0
    let left = original.amount - before
    var amount = wish.amount ?? left
    if wish.allowsPartial, amount > left { amount = left }
    guard amount > 0, amount <= left else {
      let isPassedOver = wish.amount == nil || wish.allowsPartial
      return .failure(
        No(code: "limit_exceeded", figures: ["reversible": left], isPassedOver: isPassedOver))
    }
    if !wish.isCredit, var no = Self.missing(amount, state) {
      guard wish.allowsPartial, state.balance > 0 else {
        no.isPassedOver = wish.allowsPartial
        return .failure(no)
      }
      amount = Int64(state.balance)
    }
    /// What the original did to a total is undone from its first unit on.
    func undone(_ effect: Int128) -> Int128 {
      let size = effect.magnitude
      let (from, to) = (UInt128(before), UInt128(before) + UInt128(amount))
      let part = Int128(min(to, size) - min(from, size))
      return effect < 0 ? part : -part
    }
    return Self.bounded(
      Change(
        account: wish.account, isCredit: wish.isCredit, amount: amount, kind: "reversal",
        reverses: original.id, earned: undone(original.earned),
        spent: max(undone(original.spent), -state.spent)), state)
  }

  private static func missing(_ amount: Int64, _ state: State) -> No? {
    guard Int128(amount) > state.balance else { return nil }
    let available = Int64(state.balance)
    return No(
      code: "insufficient_balance", figures: ["available": available, "missing": amount - available])
  }

  private static func bounded(_ change: Change, _ state: State) -> Result<Change, No> {
    var after = state
    after.apply(change)
    let most = Int128(Int64.max)
    for (figure, value) in [
      ("balance", after.balance), ("totalEarned", after.earned), ("totalSpent", after.spent),
    ] where value > most {
      return .failure(No(code: "overflow", figure: figure))
    }
    return .success(change)
  }
}

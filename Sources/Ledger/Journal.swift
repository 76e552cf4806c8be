// One posting while it is settled: its transactions so far, and what the accounts were before, so that a
// refusal of the last leg leaves no trace of the first.

struct Journal {
  private let posting: Posting
  private(set) var transactions: [Transaction] = []
  private var refusedLegs: [Refusal] = []
  private var remaining: Int64?
  private var passedOver: Refusal?
  /// The place of each transaction's account.
  private(set) var places: [Int] = []
  private var accountsBefore: [(place: Int, account: Account)] = []
  private var reversedBefore: [(TransactionID, Int64)] = []
  /// Hardly ever any: only where something is taken back.
  private var bestCreditsBefore: [BestCredits] = []

  init(posting: Posting) {
    self.posting = posting
    transactions.reserveCapacity(posting.legs.count)
    places.reserveCapacity(posting.legs.count)
  }

  /// Adds one leg, or passes over it, or throws and leaves the state as it was before the leg.
  mutating func add(_ leg: Leg, at index: Int, to state: inout LedgerState) throws(LegRefusal) {
    do throws(LegRefusal) {
      try takeEffect(of: leg, on: &state)
    } catch {
      switch (error, posting.decision) {
      case (.refused(let reason), .legByLeg), (.nothingToTake(let reason), .legByLeg):
        refusedLegs.append(Refusal(reason, leg: index))
      case (.nothingToTake(let reason), .together): passOver(Refusal(reason, leg: index))
      case (.refused, .together), (.typeGone, _): throw error
      }
    }
    remaining = Self.sum(remaining, leg.left(in: state))
  }

  private mutating func takeEffect(of leg: Leg, on state: inout LedgerState) throws(LegRefusal) {
    // Nobody's standing matters where nothing happens.
    if leg.takesWhatIsLeft, leg.left(in: state) == 0 { throw .nothingToTake(.aboveReversible(0)) }
    let place = state.accounts.place(of: leg.account)
    try checkStanding(of: leg, at: place, in: state)
    guard let place else { throw .refused(.userUnknown) }
    let account = state.accounts[place]
    let effect = try Effect(of: leg, on: account, in: state)
    var changed = try effect.applied(to: account, at: max(state.now, account.updatedAt))
    score(leg, effect, on: &changed, in: &state)
    accountsBefore.append((place, account))
    if let original = effect.reverses {
      reversedBefore.append((original, state.reversed[original] ?? 0))
      state.reversed[original, default: 0] += effect.amount
    }
    state.accounts[place] = changed
    places.append(place)
    transactions.append(transaction(leg, effect, from: account, to: changed))
  }

  /// Moves the boards on which the leg counts.
  private mutating func score(
    _ leg: Leg, _ effect: Effect, on account: inout Account, in state: inout LedgerState
  ) {
    guard let boards = state.boards[leg.account.pointType], !boards.isEmpty else {
      account.slots.keep(of: [])
      return
    }
    let entry = entry(of: leg, effect, at: account.updatedAt, in: state)
    if state.bestCredits.concerns(leg.account) {
      bestCreditsBefore.append(state.bestCredits)
      state.bestCredits.take(
        entry, of: leg.account, as: posting.id.transaction(leg: transactions.count),
        reversing: effect.reverses, on: boards)
    }
    account.slots.keep(of: boards)
    account.slots.count(entry, on: boards) { state.bestCredits.best(of: leg.account, in: $0) }
  }

  /// What boards see of the leg.
  private func entry(
    of leg: Leg, _ effect: Effect, at createdAt: Instant, in state: LedgerState
  ) -> BoardEntry {
    guard case .reversal(let reversal) = leg.change else {
      let source = BoardEntry.Source(
        direction: effect.direction, kind: leg.kind, category: leg.details.category, earned: effect.earned,
        occurredAt: leg.details.occurredAt ?? createdAt, createdAt: createdAt)
      return BoardEntry(source, amount: effect.amount, spent: effect.spent)
    }
    let original = reversal.original
    let before = state.reversed[original.id] ?? 0
    return BoardEntry(
      reversing: original.source, amount: effect.amount, earned: effect.earned, spent: effect.spent,
      wholly: before + effect.amount == original.amount, createdAt: createdAt)
  }

  /// Where something is left to be taken, that tells the caller more than where nothing is.
  private mutating func passOver(_ refusal: Refusal) {
    switch (passedOver?.reason, refusal.reason) {
    case (nil, _), (.aboveReversible, .insufficientBalance): passedOver = refusal
    case _: break
    }
  }

  /// Of a posting all of whose legs were passed over: why.
  var refusal: Refusal? { transactions.isEmpty ? passedOver : nil }

  var acceptance: Acceptance {
    Acceptance(transactions: transactions, remaining: remaining, refusedLegs: refusedLegs)
  }

  func undo(in state: inout LedgerState) {
    for before in accountsBefore.reversed() { state.accounts[before.place] = before.account }
    for (id, amount) in reversedBefore.reversed() { state.reversed[id] = amount }
    if let first = bestCreditsBefore.first { state.bestCredits = first }
  }

  /// What many legs leave may be more than can be told; then it is told as the most that can.
  static func sum(_ remaining: Int64?, _ left: Int64?) -> Int64? {
    guard let left else { return remaining }
    let (sum, overflows) = (remaining ?? 0).addingReportingOverflow(left)
    return overflows ? .max : sum
  }

  /// Whether type, user and amount are such that a change is allowed at all.
  private func checkStanding(of leg: Leg, at place: Int?, in state: LedgerState) throws(LegRefusal) {
    guard let type = state.types[leg.account.pointType] else { throw .typeGone }
    var mayPassDisabled = false
    if posting.isByAdmin, case .reversal = leg.change { mayPassDisabled = true }
    if !type.isEnabled, !mayPassDisabled { throw .refused(.typeDisabled) }
    if let place, !state.accounts.standing(at: place).isEnabled, !mayPassDisabled {
      throw .refused(.userDisabled)
    }
    guard leg.kind.isBounded else { return }
    switch leg.change {
    case .reversal: break
    case .credit(let amount), .debit(let amount):
      if let least = type.minAmount, amount < least { throw .refused(.belowMinimum(least)) }
      if let most = type.maxAmount, amount > most { throw .refused(.aboveMaximum(most)) }
    }
  }

  private func transaction(
    _ leg: Leg, _ effect: Effect, from before: Account, to after: Account
  ) -> Transaction {
    let createdAt = after.updatedAt
    var details = leg.details
    let occurredAt = details.occurredAt ?? createdAt
    // So that the first answer is equal to the one that is read back for a later request.
    details.occurredAt = occurredAt
    return Transaction(
      id: posting.id.transaction(leg: transactions.count), account: leg.account, version: after.version,
      direction: effect.direction, amount: effect.amount, before: before.balance, after: after.balance,
      totalEarned: after.totalEarned, totalSpent: after.totalSpent, kind: leg.kind, details: details,
      reverses: effect.reverses, occurredAt: occurredAt, createdAt: createdAt,
      createdBy: posting.service)
  }
}

extension Leg {
  /// However much that is.
  fileprivate var takesWhatIsLeft: Bool {
    guard case .reversal(let reversal) = change else { return false }
    return reversal.amount == nil || reversal.allowsPartial
  }

  /// Of a reversal: how much of what it reverses is not taken back.
  fileprivate func left(in state: LedgerState) -> Int64? {
    guard case .reversal(let reversal) = change else { return nil }
    return reversal.original.amount - (state.reversed[reversal.original.id] ?? 0)
  }
}

extension Posting {
  /// How much is left of what it reverses, if it reverses anything.
  func remaining(in state: LedgerState) -> Int64? {
    legs.reduce(nil) { Journal.sum($0, $1.left(in: state)) }
  }
}

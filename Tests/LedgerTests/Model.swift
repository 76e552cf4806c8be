// The ledger once more, as simple as it can be: a list of what was accepted, from which every figure is
// computed anew. It shares no code with what it judges, and sums in 128 bits.
import Ledger

/// What the model expects of a posting.
enum Expected: Equatable {
  /// The amounts that moved, leg by leg, without the legs that were passed over.
  case accepted([Int64], remaining: Int64?)
  case refused(Refusal.Reason, leg: Int)
  case conflicting
  /// As the posting of this number was answered.
  case asBefore(Int)
}

struct Model {
  /// One leg that took effect.
  struct Entry {
    let id: TransactionID
    let user: String
    let type: String
    let isCredit: Bool
    let amount: Int64
    let kind: String
    let reverses: TransactionID?
  }

  struct Figures: Equatable {
    var balance: Int128 = 0
    var earned: Int128 = 0
    var spent: Int128 = 0
    var count = 0
  }

  var entries: [Entry] = []
  private var answered: [UInt64: (body: UInt8, posting: Int)] = [:]

  /// What the list says about an account: the last word on everything.
  func figures(_ user: String, _ type: String) -> Figures {
    var figures = Figures()
    /// Of each refund, how much of it still lowers what was spent.
    var lowering: [TransactionID: Int128] = [:]
    let own = entries.filter { $0.user == user && $0.type == type }
    for entry in own {
      let amount = Int128(entry.amount)
      figures.count += 1
      figures.balance += entry.isCredit ? amount : -amount
      switch (entry.kind, entry.isCredit) {
      case ("reversal", _):
        guard let original = own.first(where: { $0.id == entry.reverses }) else { break }
        if original.isCredit, earns(original.kind) { figures.earned -= amount }
        if !original.isCredit, original.kind == "purchase" || original.kind == "redemption" {
          figures.spent = max(0, figures.spent - amount)
        }
        let again = min(amount, lowering[original.id] ?? 0)
        lowering[original.id, default: 0] -= again
        figures.spent += again
      case ("refund", true):
        lowering[entry.id] = min(figures.spent, amount)
        figures.spent -= min(figures.spent, amount)
      case ("purchase", false), ("redemption", false): figures.spent += amount
      case (let kind, true) where earns(kind): figures.earned += amount
      case _: break
      }
    }
    return figures
  }

  private func earns(_ kind: String) -> Bool {
    !["refund", "adjustment", "penalty", "reversal"].contains(kind)
  }

  /// How much of an entry is left to be taken back.
  func left(of id: TransactionID) -> Int64 {
    let amount = entries.first { $0.id == id }?.amount ?? 0
    return amount - entries.filter { $0.reverses == id }.reduce(0) { $0 + $1.amount }
  }

  // MARK: Deciding

  mutating func post(_ plan: PlannedPosting, number: Int) -> Expected {
    if let key = plan.key, let before = answered[key] {
      return before.body == plan.body ? .asBefore(before.posting) : .conflicting
    }
    if let key = plan.key { answered[key] = (plan.body, number) }
    let start = entries
    var amounts: [Int64] = []
    var remaining: Int128?
    var passed: [(reason: Refusal.Reason, leg: Int)] = []
    for (index, leg) in plan.legs.enumerated() {
      switch add(leg, as: plan.posting.id.transaction(leg: amounts.count), bounds: plan.bounds) {
      case .success(let amount): amounts.append(amount)
      case .failure(let no) where no.isPassedOver: passed.append((no.reason, index))
      case .failure(let no):
        entries = start
        return .refused(no.reason, leg: index)
      }
      if let original = leg.reverses { remaining = (remaining ?? 0) + Int128(left(of: original)) }
    }
    let why = passed.first { $0.reason != .aboveReversible(0) } ?? passed.first
    if amounts.isEmpty, let why { return .refused(why.reason, leg: why.leg) }
    return .accepted(amounts, remaining: remaining.map { Int64(clamping: $0) })
  }

  struct No: Error {
    let reason: Refusal.Reason
    /// Whether the other legs go on without this one.
    var isPassedOver = false
  }

  private mutating func add(
    _ leg: PlannedLeg, as id: TransactionID, bounds: ClosedRange<Int64>
  ) -> Result<Int64, No> {
    if leg.type == "closed" { return .failure(No(reason: .typeDisabled)) }
    if leg.user == "eve" { return .failure(No(reason: .userDisabled)) }
    let isBounded = leg.reverses == nil && !["distribution", "genesis", "redemption"].contains(leg.kind)
    if isBounded, leg.type == "points" {
      if leg.amount < bounds.lowerBound { return .failure(No(reason: .belowMinimum(bounds.lowerBound))) }
      if leg.amount > bounds.upperBound { return .failure(No(reason: .aboveMaximum(bounds.upperBound))) }
    }
    if leg.user == "stranger" { return .failure(No(reason: .userUnknown)) }
    let now = figures(leg.user, leg.type)
    var amount = leg.amount
    if let original = leg.reverses {
      let left = left(of: original)
      if left == 0, amount == 0 || leg.allowsPartial {
        return .failure(No(reason: .aboveReversible(0), isPassedOver: true))
      }
      if amount == 0 || leg.allowsPartial && amount > left { amount = left }
      if amount == 0 || amount > left { return .failure(No(reason: .aboveReversible(left))) }
      if leg.allowsPartial, !leg.isCredit, now.balance > 0 { amount = min(amount, Int64(now.balance)) }
    }
    if !leg.isCredit, now.balance < amount {
      let available = Int64(now.balance)
      return .failure(
        No(
          reason: .insufficientBalance(available: available, missing: amount - available),
          isPassedOver: leg.reverses != nil && leg.allowsPartial))
    }
    entries.append(
      Entry(
        id: id, user: leg.user, type: leg.type, isCredit: leg.isCredit, amount: amount, kind: leg.kind,
        reverses: leg.reverses))
    return check(figures(leg.user, leg.type)).map { amount }
  }

  private func check(_ figures: Figures) -> Result<Void, No> {
    let most = Int128(Int64.max)
    if figures.balance > most { return .failure(No(reason: .overflow(.balance))) }
    if figures.earned > most { return .failure(No(reason: .overflow(.totalEarned))) }
    if figures.spent > most { return .failure(No(reason: .overflow(.totalSpent))) }
    return .success(())
  }
}

/// A leg as the property test drew it; an amount of 0 with an original means all that is left.
struct PlannedLeg {
  let user: String
  let type: String
  let isCredit: Bool
  let amount: Int64
  let kind: String
  var reverses: TransactionID?
  var allowsPartial = false
}

/// A posting as the property test drew it, and as the ledger gets it.
struct PlannedPosting {
  let legs: [PlannedLeg]
  let key: UInt64?
  let body: UInt8
  let bounds: ClosedRange<Int64>
  let posting: Posting
}

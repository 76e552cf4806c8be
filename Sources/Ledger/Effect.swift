// What a leg does to its account, worked out from the account as it is: the amount, and the change of each
// total.

struct Effect {
  let direction: Direction
  let amount: Int64
  /// Changes of the running totals, either way.
  let earned: Int64
  let spent: Int64
  let reverses: TransactionID?

  init(of leg: Leg, on account: Account, in state: LedgerState) throws(LegRefusal) {
    switch leg.change {
    case .credit(let amount): self.init(credit: amount, kind: leg.kind, on: account)
    case .debit(let amount): try self.init(debit: amount, kind: leg.kind, on: account)
    case .reversal(let reversal):
      try self.init(reversal, reversedBefore: state.reversed[reversal.original.id] ?? 0, on: account)
    }
  }

  private init(direction: Direction, amount: Int64, earned: Int64, spent: Int64, reverses: TransactionID?) {
    self.direction = direction
    self.amount = amount
    self.earned = earned
    self.spent = spent
    self.reverses = reverses
  }

  /// A refund takes its amount from what was spent, as far as there is any.
  private init(credit amount: Int64, kind: Kind, on account: Account) {
    self.init(
      direction: .credit, amount: amount, earned: kind.isEarned ? amount : 0,
      spent: kind == .refund ? -min(amount, account.totalSpent) : 0, reverses: nil)
  }

  private init(debit amount: Int64, kind: Kind, on account: Account) throws(LegRefusal) {
    guard amount <= account.available else {
      throw .refused(
        .insufficientBalance(available: account.available, missing: amount - account.available))
    }
    self.init(direction: .debit, amount: amount, earned: 0, spent: kind.isSpent ? amount : 0, reverses: nil)
  }

  private init(
    _ reversal: Reversal, reversedBefore before: Int64, on account: Account
  ) throws(LegRefusal) {
    let original = reversal.original
    let left = original.amount - before
    var amount = reversal.amount ?? left
    if reversal.allowsPartial { amount = min(amount, left) }
    guard amount > 0, amount <= left else { throw .refused(.aboveReversible(left)) }
    if original.direction == .credit, amount > account.available {
      let lack = Refusal.Reason.insufficientBalance(
        available: account.available, missing: amount - account.available)
      guard reversal.allowsPartial else { throw .refused(lack) }
      guard account.available > 0 else { throw .nothingToTake(lack) }
      amount = account.available
    }
    let spent = ReversibleTransaction.undoing(original.spent, before: before, part: amount)
    self.init(
      direction: original.direction.opposite, amount: amount,
      earned: ReversibleTransaction.undoing(original.earned, before: before, part: amount),
      // A refund may have brought back what is now taken back a second time; the total stops at zero.
      spent: max(spent, -account.totalSpent), reverses: original.id)
  }

  /// The account after it.
  func applied(to account: Account, at instant: Instant) throws(LegRefusal) -> Account {
    var changed = account
    changed.balance = try sum(account.balance, direction == .credit ? amount : -amount, .balance)
    changed.totalEarned = try sum(account.totalEarned, earned, .totalEarned)
    changed.totalSpent = try sum(account.totalSpent, spent, .totalSpent)
    changed.version += 1
    changed.revision += 1
    changed.lastTransactionAt = instant
    if earned != 0 { changed.earnedAt = instant }
    changed.updatedAt = instant
    return changed
  }

  private func sum(_ total: Int64, _ change: Int64, _ figure: Refusal.Figure) throws(LegRefusal) -> Int64 {
    let (sum, overflows) = total.addingReportingOverflow(change)
    guard !overflows else { throw .refused(.overflow(figure)) }
    return sum
  }
}

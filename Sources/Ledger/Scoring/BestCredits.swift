// A slot remembers the best credit only. When that one is taken back, the next best must be known; so of
// accounts of which something is taken back in a batch the best credits are read first, one more than can be
// taken back.

package struct BestCredits: Sendable {
  /// What is left of a credit.
  package struct Credit: Sendable, Equatable {
    package let id: TransactionID
    package var left: Int64

    package init(id: TransactionID, left: Int64) {
      self.id = id
      self.left = left
    }
  }

  private var accounts: [AccountKey: [SlotKey: [Credit]]]

  package init(_ accounts: [AccountKey: [SlotKey: [Credit]]] = [:]) {
    self.accounts = accounts
  }

  /// Of accounts of which no credit is known yet.
  package init(of accounts: [AccountKey]) {
    self.init(Dictionary(accounts.map { ($0, [:]) }, uniquingKeysWith: { first, _ in first }))
  }

  package mutating func note(_ credit: Credit, of account: AccountKey, in slot: SlotKey) {
    accounts[account, default: [:]][slot, default: []].append(credit)
  }

  package func concerns(_ account: AccountKey) -> Bool { accounts[account] != nil }

  /// Nil where no credit counts, or nothing is left of any.
  package func best(of account: AccountKey, in slot: SlotKey) -> Int64? {
    accounts[account]?[slot]?.map(\.left).filter { $0 > 0 }.max()
  }

  /// Follows what the batch does to an account that it takes something back of.
  mutating func take(
    _ entry: BoardEntry, of account: AccountKey, as id: TransactionID, reversing original: TransactionID?,
    on boards: [ScoredBoard]
  ) {
    guard var slots = accounts.removeValue(forKey: account) else { return }
    for board in boards where board.metric == .best {
      guard board.filter.matches(kind: entry.original.kind, category: entry.original.category),
        board.metric.worth(of: entry) != nil, let period = board.period(of: entry)
      else { continue }
      let slot = SlotKey(board: board.number, period: period.number)
      if let original {
        let place = slots[slot]?.firstIndex { $0.id == original }
        if let place { slots[slot]?[place].left -= entry.amount }
      } else {
        slots[slot, default: []].append(Credit(id: id, left: entry.amount))
      }
    }
    accounts[account] = slots
  }
}

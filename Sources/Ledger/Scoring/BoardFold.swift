// What an account has on its boards, worked out from its transactions from the first on: the same that was
// decided with each of them, by the same rules. So a board can be defined late, and any slot can be proven.

/// A transaction of the past, as boards must know it.
package struct PastEntry: Sendable {
  package let id: TransactionID
  package let version: Int64
  package let direction: Direction
  package let amount: Int64
  /// What it did to the running totals.
  package let earned: Int64
  package let spent: Int64
  package let kind: Kind
  package let category: String?
  package let occurredAt: Instant
  package let createdAt: Instant
  /// What it takes back, if it does.
  package let original: ReversibleTransaction?

  package init(
    id: TransactionID, version: Int64, direction: Direction, amount: Int64, earned: Int64, spent: Int64,
    kind: Kind, category: String?, occurredAt: Instant, createdAt: Instant, original: ReversibleTransaction?
  ) {
    self.id = id
    self.version = version
    self.direction = direction
    self.amount = amount
    self.earned = earned
    self.spent = spent
    self.kind = kind
    self.category = category
    self.occurredAt = occurredAt
    self.createdAt = createdAt
    self.original = original
  }
}

/// The fold of one account over some boards.
package struct BoardFold: Sendable {
  package let boards: [ScoredBoard]
  package private(set) var slots = BoardSlots()
  /// Up to where it has come.
  package private(set) var version: Int64 = 0
  private let account: AccountKey
  private var reversed: [TransactionID: Int64] = [:]
  private var bestCredits: BestCredits

  package init(of account: AccountKey, on boards: [ScoredBoard]) {
    self.account = account
    self.boards = boards
    bestCredits = BestCredits(of: boards.contains { $0.metric == .best } ? [account] : [])
  }

  /// Takes the next transaction. They come in order; those before a board's first period may be left out.
  package mutating func add(_ past: PastEntry) {
    version = past.version
    let entry = entry(of: past)
    bestCredits.take(entry, of: account, as: past.id, reversing: past.original?.id, on: boards)
    slots.count(entry, on: boards) { [account, bestCredits] in bestCredits.best(of: account, in: $0) }
  }

  /// Leaves out what counts nowhere.
  package mutating func advance(to version: Int64) {
    self.version = max(self.version, version)
  }

  private mutating func entry(of past: PastEntry) -> BoardEntry {
    guard let original = past.original else { return BoardEntry(past, reversed: 0) }
    reversed[original.id, default: 0] += past.amount
    return BoardEntry(past, reversed: reversed[original.id] ?? 0)
  }
}

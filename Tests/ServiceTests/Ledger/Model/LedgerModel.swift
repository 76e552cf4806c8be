// The ledger as simply as it can be told: for each account all its states, one after the other, and the
// entries that led from each to the next. It shares no code with what it judges and sums in 128 bits.

struct LedgerModel {
  /// One change of one account.
  struct Entry {
    let id: String
    let posting: String
    let account: AccountName
    let version: Int
    let isCredit: Bool
    let amount: Int64
    let kind: String
    let reverses: String?
    /// What it did to the totals.
    let earned: Int128
    let spent: Int128
    let createdAt: String
  }

  /// An account after so many entries.
  struct State {
    var balance: Int128 = 0
    var earned: Int128 = 0
    var spent: Int128 = 0
    /// Of each original, how much was taken back.
    var reversed: [String: Int64] = [:]
    var lastAt: String?
    var earnedAt: String?
  }

  /// What an account has gone through: the state at a version stands at its place.
  struct History {
    var states = [State()]
    var entries: [Entry] = []
    /// The newest version that an answer called projected.
    var shown = 0

    var version: Int { entries.count }
    var last: State { states[entries.count] }
  }

  private(set) var accounts: [AccountName: History] = [:]
  private(set) var entries: [String: Entry] = [:]
  private(set) var postings: [String: [Entry]] = [:]
  /// The bounds of the type that has some.
  static let boundedType = "gems"
  static let bounds: ClosedRange<Int64> = 2...60

  func history(of account: AccountName) -> History { accounts[account] ?? History() }

  mutating func noteShown(_ account: AccountName, _ version: Int) {
    let shown = max(history(of: account).shown, version)
    accounts[account]?.shown = shown
  }

  /// The entries that a posting was accepted with, in the order of its legs.
  mutating func accept(_ changes: [Change], posting: String, createdAt: [String]) {
    for (index, change) in changes.enumerated() {
      var history = history(of: change.account)
      let entry = Entry(
        id: change.id, posting: posting, account: change.account, version: history.version + 1,
        isCredit: change.isCredit, amount: change.amount, kind: change.kind, reverses: change.reverses,
        earned: change.earned, spent: change.spent, createdAt: createdAt[index])
      var state = history.last
      state.apply(change)
      state.lastAt = entry.createdAt
      if change.earned != 0 { state.earnedAt = entry.createdAt }
      history.states.append(state)
      history.entries.append(entry)
      accounts[change.account] = history
      entries[entry.id] = entry
      postings[posting, default: []].append(entry)
    }
  }
}

extension LedgerModel {
  /// What a leg comes to.
  struct Change: Equatable {
    var id = ""
    let account: AccountName
    let isCredit: Bool
    let amount: Int64
    let kind: String
    let reverses: String?
    let earned: Int128
    let spent: Int128
  }

  enum Decision: Equatable {
    case accepted([Change], remaining: Int64?)
    /// The code, its figures, and which leg.
    case refused(String, [String: Int64], figure: String?, leg: Int)
  }
}

extension LedgerModel.State {
  mutating func apply(_ change: LedgerModel.Change) {
    balance += change.isCredit ? Int128(change.amount) : -Int128(change.amount)
    earned += change.earned
    spent += change.spent
    if let original = change.reverses { reversed[original, default: 0] += change.amount }
  }
}

// Fills a new board from the ledger while postings go on. What happened never changes, so an account's past
// is folded without a lock; then the account is locked for a moment, what came meanwhile is folded too, and
// its slots are written. Postings that come later count by themselves. How far it came is kept, so a process
// that dies leaves little to do again, and two that fill at once only do the same twice.
import Boards
package import Ledger
package import PostgresClient

/// One worker's way to fill boards; used on its loop only.
package struct BoardFiller: Sendable {
  /// So many accounts are written in one transaction.
  private static let accountsPerStep: Int64 = 200
  /// So many transactions are read by one statement.
  private static let entriesPerRead: Int64 = 5_000

  private let definitions: Definitions

  package init(pool: PostgresPool, catalog: PointTypeCatalog) {
    definitions = Definitions(pool: pool, catalog: catalog)
  }

  /// What one step did.
  package struct Step: Sendable, Equatable {
    /// Of which accounts were written, and must be shown to mirrors.
    package var accounts: [NamedAccount] = []
    package var entries = 0
    /// How many accounts were looked at.
    package var visited = 0
    /// Boards that are complete now.
    package var finished: [BoardID] = []
    /// Whether there may be more to do.
    package var isMore = false
  }

  /// Fills the boards of one point type that are equally far, for some accounts. Repeats do nothing.
  package func step() async throws(PostgresError) -> Step {
    let pool = definitions.pool
    try await definitions.catalog.refresh(from: pool)
    let filling = try await pool.query(ReadFilling())
    // Both of one moment: what is written is checked against the generation it was worked out by.
    let (boards, generation) = (definitions.catalog.boards, definitions.catalog.generation)
    guard let first = filling.first, let type = boards.board(first.board)?.definition.pointType else {
      return Step()
    }
    let together = filling.filter {
      $0.after == first.after && boards.board($0.board)?.definition.pointType == type
    }
    let filled = together.compactMap { boards.board($0.board) }
    let accounts = Self.portion(
      of: try await pool.query(
        ReadAccountsToFill(type: type, after: first.after, limit: Self.accountsPerStep)))
    guard !accounts.isEmpty else { return try await finish(filled.map(\.definition.id), at: first.after) }
    var portion = Portion(type: type, boards: filled, generation: generation)
    for account in accounts {
      portion.folds[account.user] = BoardFold(of: portion.key(account.user), on: portion.scored)
    }
    try await fold(&portion, users: accounts.map(\.user)) { statement throws(PostgresError) in
      try await pool.query(statement)
    }
    // What lies before the first period is not looked at again.
    for account in accounts { portion.folds[account.user]?.advance(to: account.version) }
    return try await write(portion)
  }

  /// How many accounts there are still to look at.
  package func remaining() async throws(PostgresError) -> Int64 {
    try await definitions.pool.first(CountAccountsToFill()) ?? 0
  }

  /// As many accounts as have so many transactions that one statement reads them, but one at the least.
  private static func portion(
    of accounts: [(user: UserID, version: Int64)]
  ) -> [(user: UserID, version: Int64)] {
    var left = entriesPerRead
    return Array(
      accounts.prefix { account in
        defer { left -= account.version }
        return left == entriesPerRead || left >= account.version
      })
  }

  /// The accounts of one step.
  private struct Portion {
    let type: PointTypeID
    let boards: [DefinedBoard]
    let generation: Int64
    var folds: [UserID: BoardFold] = [:]
    var entries = 0

    var scored: [ScoredBoard] { boards.compactMap(\.scored) }
    var users: [UserID] { folds.keys.sorted() }

    /// Nothing counts that was written before the first period began.
    var since: Instant {
      scored.flatMap(\.periods).filter { !$0.isSettled }.map(\.start).min() ?? Instant(microseconds: .max)
    }

    func key(_ user: UserID) -> AccountKey { AccountKey(user: user, pointType: type) }
  }

  private func fold(
    _ portion: inout Portion, users: [UserID],
    reading: (ReadPastEntries) async throws(PostgresError) -> [(user: UserID, entry: PastEntry)]
  ) async throws(PostgresError) {
    var left = users.sorted()
    while !left.isEmpty {
      let rows = try await reading(
        ReadPastEntries(
          type: portion.type, users: left.map { ($0, portion.folds[$0]?.version ?? 0) }, since: portion.since,
          limit: Self.entriesPerRead))
      for row in rows { portion.folds[row.user]?.add(row.entry) }
      portion.entries += rows.count
      guard rows.count == Int(Self.entriesPerRead), let last = rows.last?.user else { return }
      // Those before the last one are complete.
      left.removeAll { $0 < last }
    }
  }

  private func write(_ portion: Portion) async throws(PostgresError) -> Step {
    var portion = portion
    let changed: [NamedAccount]? = try await definitions.pool.transactionTriedTwice {
      transaction throws(PostgresError) in
      let users = portion.users
      let (_, rows, clock) = try await transaction.pipeline(
        HoldDefinitions(), LockAccounts(keys: users.map(portion.key)), ReadClock())
      guard let clock = clock.first, clock.generation == portion.generation else {
        transaction.giveUp()
        return nil
      }
      try await fold(&portion, users: users) { statement throws(PostgresError) in
        try await transaction.query(statement)
      }
      let written = rows.compactMap { row in self.filled(row, portion, at: clock.now) }
      guard let last = users.last else { return [] }
      let note = NoteFilled(boards: portion.boards.map(\.definition.id), user: last)
      if written.isEmpty {
        _ = try await transaction.commit(with: note)
      } else {
        let accounts = written.map(\.named.account)
        _ = try await transaction.commit(
          with: note, UpdateAccounts(accounts: accounts, places: written.map(\.place)),
          InsertBatch(accounts: accounts))
      }
      return written.map(\.named)
    }
    // Definitions have changed meanwhile: the step is done again by the new ones.
    guard let changed else { return Step(isMore: true) }
    return Step(
      accounts: changed, entries: portion.entries, visited: portion.folds.count, isMore: true)
  }

  /// The account with its slots on these boards as they are by the ledger; nil where they are so already.
  private func filled(
    _ row: LockAccounts.Row, _ portion: Portion, at now: Instant
  ) -> (named: NamedAccount, place: PostgresRowPlace)? {
    guard let fold = portion.folds[row.account.key.user] else { return nil }
    let numbers = Set(portion.boards.map(\.definition.number))
    var account = row.account
    account.slots.keep { !numbers.contains($0.board) }
    for slot in fold.slots { account.slots[slot.key] = slot }
    guard account.slots != row.account.slots else { return nil }
    account.revision += 1
    account.updatedAt = max(now, account.updatedAt)
    let named = NamedAccount(
      account, displayName: row.standing.displayName, isEnabled: row.standing.isEnabled)
    return (named, row.place)
  }

  private func finish(_ boards: [BoardID], at user: String) async throws(PostgresError) -> Step {
    try await definitions.change { transaction throws(PostgresError) in
      let done = try await transaction.query(FinishFilling(boards: boards, at: user))
      let step = Step(finished: done, isMore: true)
      return done.isEmpty ? .nothing(step) : .made(step)
    }
  }
}

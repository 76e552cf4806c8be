// One database transaction of the ledger: lock, read, decide, write. It takes two round trips, three with a
// reversal:
//
// 1. the definitions lock (shared), all accounts locked in the one order, and then, in later statements,
//    which see what was committed while we waited, the clock and the remembered requests;
// 2. what was decided, and COMMIT.
//
// Accounts are nearly always there, so they are created only once some were missed: the transaction is given
// up, since locks taken one after the other would break their order, and begun again with the creating.
//
// What makes a repeat harmless: a key that was answered is found in 1; without a key, a posting whose COMMIT
// was sent and not answered is looked for by its id before it is made again. The locks come first: a COMMIT
// that is still under way elsewhere holds them.
import Ledger
import PostgresClient

/// Used by one task at a time, on its loop.
final class BatchTransaction {
  /// How far it got, which decides what an error means.
  enum Phase {
    case locking
    case writing
  }

  let request: BatchRequest
  let createsUsers: Bool
  /// Postings of which an earlier attempt may have been committed.
  let inDoubt: [PostingID]
  /// Whether accounts that are not there are created.
  let createsAccounts: Bool
  let catalog: PointTypeCatalog
  private(set) var phase = Phase.locking
  private(set) var hasCreatedAccounts = false
  /// Whether nothing could be decided because time has outrun the periods of a board.
  private(set) var hasOutrunPeriods = false

  init(
    _ request: BatchRequest, createsUsers: Bool, createsAccounts: Bool, inDoubt: [PostingID],
    catalog: PointTypeCatalog
  ) {
    self.request = request
    self.createsUsers = createsUsers
    self.createsAccounts = createsAccounts
    self.inDoubt = inDoubt
    self.catalog = catalog
  }

  /// Runs to the end of the transaction. After this the settlement is true, or nothing was changed, or an
  /// error says that nobody knows. Nil where something must be there first: accounts that were not to be
  /// created, or periods.
  func run(in transaction: PostgresTransaction) async throws(PostgresError) -> SettledBatch? {
    phase = .locking
    guard let reading = try await read(in: transaction) else { return nil }
    let settlement = Settlement(of: reading.submissions, on: reading.state)
    let settled = SettledBatch(settlement, of: reading.submissions, on: reading.state.accounts)
    phase = .writing
    try await write(settled, reading, in: transaction)
    return settled
  }

  // MARK: Reading

  private struct Reading {
    let submissions: [Submission]
    let state: LedgerState
    let createdUsers: [UserID]
    /// Where the rows of the accounts are, in the order of the accounts.
    let places: [PostgresRowPlace]
  }

  private func read(in transaction: PostgresTransaction) async throws(PostgresError) -> Reading? {
    let locked = try await lock(in: transaction)
    guard createsAccounts || locked.accounts.count == request.accounts.count else {
      transaction.giveUp()
      return nil
    }
    hasCreatedAccounts = locked.accounts.contains { $0.account.version == 0 }
    try await catalog.refresh(to: locked.generation, in: transaction)
    let boards = catalog.boards
    hasOutrunPeriods = boards.outrun(at: locked.now, of: request.pointTypes)
    guard !hasOutrunPeriods else {
      transaction.giveUp()
      return nil
    }
    let state = LedgerState(
      accounts: AccountTable(locked.accounts.map { ($0.account, $0.standing) }), types: catalog.byID,
      reversed: try await reversals(in: transaction),
      boards: boards.scored, bestCredits: try await bestCredits(boards, in: transaction), now: locked.now)
    let standing = try await earlierPostings(in: transaction)
    let submissions = request.postings.map { posting in
      Submission(
        posting, remembered: posting.request.flatMap { locked.answers[$0.digest] },
        isStanding: standing.contains(posting.id))
    }
    return Reading(
      submissions: submissions, state: state, createdUsers: locked.createdUsers,
      places: locked.accounts.map(\.place))
  }

  /// What is read under the locks.
  private struct Locked {
    let createdUsers: [UserID]
    let accounts: [LockAccounts.Row]
    let answers: [UUIDBits: RememberedRequest]
    let now: Instant
    let generation: Int64
  }

  private func lock(in transaction: PostgresTransaction) async throws(PostgresError) -> Locked {
    let createdUsers: [UserID]
    let rest: ([LockAccounts.Row], [ReadClock.Row], [FindRequests.Row])
    if createsAccounts {
      let (_, created, _, accounts, clock, remembered) = try await transaction.pipeline(
        HoldDefinitions(), CreateUsers(users: createsUsers ? request.users : []),
        CreateAccounts(keys: request.accounts), LockAccounts(keys: request.accounts), ReadClock(),
        FindRequests(digests: request.digests))
      createdUsers = created
      rest = (accounts, clock, remembered)
    } else {
      let (_, accounts, clock, remembered) = try await transaction.pipeline(
        HoldDefinitions(), LockAccounts(keys: request.accounts), ReadClock(),
        FindRequests(digests: request.digests))
      createdUsers = []
      rest = (accounts, clock, remembered)
    }
    guard let clock = rest.1.first else { throw .unexpectedRowCount(0) }
    return Locked(
      createdUsers: createdUsers, accounts: rest.0,
      answers: Dictionary(uniqueKeysWithValues: rest.2.map { ($0.digest, $0.remembered) }),
      now: clock.now, generation: clock.generation)
  }

  private func reversals(
    in transaction: PostgresTransaction
  ) async throws(PostgresError) -> [TransactionID: Int64] {
    guard !request.reversed.isEmpty else { return [:] }
    let sums = try await transaction.query(SumReversals(originals: request.reversed))
    return Dictionary(uniqueKeysWithValues: sums.map { ($0.original, $0.reversed) })
  }

  /// The best credits that there would be without what is taken back, wherever the best one counts.
  private func bestCredits(
    _ boards: BoardCatalog, in transaction: PostgresTransaction
  ) async throws(PostgresError) -> BestCredits {
    let wanted = request.bestCreditsWanted(on: boards)
    guard !wanted.isEmpty else { return BestCredits() }
    var credits = BestCredits(of: wanted.map(\.account))
    for want in wanted {
      for credit in try await transaction.query(want) {
        credits.note(credit, of: want.account, in: want.slot)
      }
    }
    return credits
  }

  private func earlierPostings(
    in transaction: PostgresTransaction
  ) async throws(PostgresError) -> Set<PostingID> {
    guard !inDoubt.isEmpty else { return [] }
    let found = try await transaction.query(ReadPostings(ids: inDoubt))
    return Set(found.map(\.id.posting))
  }

  // MARK: Writing

  private func write(
    _ settled: SettledBatch, _ reading: Reading, in transaction: PostgresTransaction
  ) async throws(PostgresError) {
    guard settled.hasSomethingToWrite else { return transaction.giveUp() }
    let unused = settled.emptyAccounts
    let strangers = settled.unused(among: reading.createdUsers)
    if !unused.isEmpty || !strangers.isEmpty {
      _ = try await transaction.pipeline(
        DeleteEmptyAccounts(keys: unused), DeleteUnusedUsers(users: strangers))
    }
    // Hardly ever any.
    let refused = settled.refusedLegs
    if !refused.isEmpty { try await transaction.execute(InsertRefusedLegs(rows: refused, now: settled.now)) }
    let (accounts, answers) = (settled.changedAccounts, settled.answers)
    let update = UpdateAccounts(
      accounts: accounts, places: settled.changedPlaces.map { reading.places[$0] })
    if accounts.isEmpty {
      _ = try await transaction.commit(with: InsertRequests(requests: answers, now: settled.now))
    } else if answers.isEmpty {
      _ = try await transaction.commit(
        with: InsertTransactions(rows: settled.transactions), update, InsertBatch(accounts: accounts))
    } else {
      _ = try await transaction.commit(
        with: InsertRequests(requests: answers, now: settled.now),
        InsertTransactions(rows: settled.transactions), update, InsertBatch(accounts: accounts))
    }
  }
}

// One database transaction of the ledger: lock, read, decide, write. It takes two round trips, three with a
// reversal:
//
// 1. the definitions lock (shared), missing users and accounts, all accounts locked in the one order, and
//    then, in later statements so that they see what was committed while we waited, the clock, the users and
//    the remembered requests;
// 2. what was decided, and COMMIT.
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
  /// Those of the batch's accounts that may have to be created.
  let unknown: [AccountKey]
  let catalog: PointTypeCatalog
  private(set) var phase = Phase.locking

  init(
    _ request: BatchRequest, createsUsers: Bool, inDoubt: [PostingID], unknown: [AccountKey],
    catalog: PointTypeCatalog
  ) {
    self.request = request
    self.unknown = unknown
    self.createsUsers = createsUsers
    self.inDoubt = inDoubt
    self.catalog = catalog
  }

  /// Runs to the end of the transaction. After this the settlement is true, or nothing was changed, or an
  /// error says that nobody knows.
  func run(in transaction: PostgresTransaction) async throws(PostgresError) -> SettledBatch {
    phase = .locking
    let reading = try await read(in: transaction)
    let settlement = Settlement(of: reading.submissions, on: reading.state)
    let settled = SettledBatch(settlement, of: reading.submissions)
    phase = .writing
    try await write(settled, created: reading.createdUsers, in: transaction)
    return settled
  }

  // MARK: Reading

  private struct Reading {
    let submissions: [Submission]
    let state: LedgerState
    let createdUsers: [UserID]
  }

  private func read(in transaction: PostgresTransaction) async throws(PostgresError) -> Reading {
    var locked = try await lock(creating: unknown, in: transaction)
    // One that was taken for known is not there: it was another database that we knew. Here the order of
    // locks is broken, which Postgres would notice; it happens once.
    if unknown.count < request.accounts.count, locked.accounts.count < request.accounts.count {
      let seen = Set(locked.accounts.map(\.key)).union(unknown)
      let missing = request.accounts.filter { !seen.contains($0) }
      if !missing.isEmpty {
        let users = locked.createdUsers
        locked = try await lock(creating: missing, in: transaction)
        locked.createdUsers += users
      }
    }
    try await catalog.refresh(to: locked.generation, in: transaction)
    let state = LedgerState(
      accounts: Dictionary(uniqueKeysWithValues: locked.accounts.map { ($0.key, $0) }),
      users: locked.users, types: catalog.byID, reversed: try await reversals(in: transaction),
      now: locked.now)
    let standing = try await earlierPostings(in: transaction)
    let submissions = request.postings.map { posting in
      Submission(
        posting, remembered: posting.request.flatMap { locked.answers[$0.digest] },
        isStanding: standing.contains(posting.id))
    }
    return Reading(submissions: submissions, state: state, createdUsers: locked.createdUsers)
  }

  /// What is read under the locks.
  private struct Locked {
    var createdUsers: [UserID]
    let accounts: [Account]
    let users: [UserID: UserStanding]
    let answers: [UUIDBits: RememberedRequest]
    let now: Instant
    let generation: Int64
  }

  private func lock(
    creating missing: [AccountKey], in transaction: PostgresTransaction
  ) async throws(PostgresError) -> Locked {
    let createdUsers: [UserID]
    let rest: ([Account], [ReadClock.Row], [ReadUsers.Row], [FindRequests.Row])
    if missing.isEmpty {
      let (_, accounts, clock, users, remembered) = try await transaction.pipeline(
        HoldDefinitions(), LockAccounts(keys: request.accounts), ReadClock(),
        ReadUsers(users: request.users), FindRequests(digests: request.digests))
      createdUsers = []
      rest = (accounts, clock, users, remembered)
    } else {
      let newUsers = createsUsers ? BatchRequest.users(of: missing) : []
      let (_, created, _, accounts, clock, users, remembered) = try await transaction.pipeline(
        HoldDefinitions(), CreateUsers(users: newUsers), CreateAccounts(keys: missing),
        LockAccounts(keys: request.accounts), ReadClock(), ReadUsers(users: request.users),
        FindRequests(digests: request.digests))
      createdUsers = created
      rest = (accounts, clock, users, remembered)
    }
    guard let clock = rest.1.first else { throw .unexpectedRowCount(0) }
    return Locked(
      createdUsers: createdUsers, accounts: rest.0,
      users: Dictionary(uniqueKeysWithValues: rest.2.map { ($0.user, $0.standing) }),
      answers: Dictionary(uniqueKeysWithValues: rest.3.map { ($0.digest, $0.remembered) }),
      now: clock.now, generation: clock.generation)
  }

  private func reversals(
    in transaction: PostgresTransaction
  ) async throws(PostgresError) -> [TransactionID: Int64] {
    guard !request.reversed.isEmpty else { return [:] }
    let sums = try await transaction.query(SumReversals(originals: request.reversed))
    return Dictionary(uniqueKeysWithValues: sums.map { ($0.original, $0.reversed) })
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
    _ settled: SettledBatch, created users: [UserID], in transaction: PostgresTransaction
  ) async throws(PostgresError) {
    guard settled.hasSomethingToWrite else { return transaction.giveUp() }
    let unused = settled.emptyAccounts(among: request.accounts)
    let strangers = settled.unused(among: users)
    if !unused.isEmpty || !strangers.isEmpty {
      _ = try await transaction.pipeline(
        DeleteEmptyAccounts(keys: unused), DeleteUnusedUsers(users: strangers))
    }
    let (accounts, answers) = (settled.changedAccounts, settled.answers)
    if accounts.isEmpty {
      _ = try await transaction.commit(with: InsertRequests(requests: answers, now: settled.now))
    } else if answers.isEmpty {
      _ = try await transaction.commit(
        with: InsertTransactions(rows: settled.transactions), UpdateAccounts(accounts: accounts),
        InsertBatch(accounts: accounts))
    } else {
      _ = try await transaction.commit(
        with: InsertRequests(requests: answers, now: settled.now),
        InsertTransactions(rows: settled.transactions), UpdateAccounts(accounts: accounts),
        InsertBatch(accounts: accounts))
    }
  }
}

// What is read of the ledger beside its writing: accounts, transactions, histories. Nothing here waits for a
// lock, and statements of many callers leave together.
package import Ledger
package import PostgresClient

/// One worker's reader, over a pool that is meant for reads; used on its loop only.
package struct LedgerReader: Sendable {
  /// How many accounts one call may ask for.
  package static let accountsMax = 1000

  let pool: PostgresPool
  let search: HistorySearch

  package init(pool: PostgresPool, search: HistorySearch = HistorySearch()) {
    self.pool = pool
    self.search = search
  }

  // MARK: Accounts

  /// Nil for whoever never had points of this type.
  package func account(_ key: AccountKey) async throws(PostgresError) -> NamedAccount? {
    try await pool.first(ReadAccount(key: key))
  }

  /// One answer for each key, in their order, whether or not a key is given twice.
  package func accounts(_ keys: [AccountKey]) async throws(PostgresError) -> [NamedAccount?] {
    precondition(keys.count <= Self.accountsMax, "More accounts were asked for than one call may.")
    guard !keys.isEmpty else { return [] }
    var found: [AccountKey: NamedAccount] = [:]
    let rows = try await pool.query(ReadNamedAccounts(keys: Array(Set(keys))))
    for row in rows { found[row.account.key] = row }
    return keys.map { found[$0] }
  }

  /// All that a user has, in the order of the types' ids.
  package func accounts(of user: UserID) async throws(PostgresError) -> [NamedAccount] {
    try await pool.query(ReadUserAccounts(user: user))
  }

  /// The last transaction made at this instant or before, which tells what the account was then. Nil if it
  /// had none yet.
  package func account(_ key: AccountKey, at instant: Instant) async throws(PostgresError) -> Transaction? {
    try await pool.first(FindTransactionAt(key: key, instant: instant))
  }

  // MARK: Transactions

  package func transaction(_ id: TransactionID) async throws(PostgresError) -> Transaction? {
    try await pool.first(ReadTransaction(id: id))
  }

  /// Its transactions in the order of the legs; none if there is no such posting.
  package func posting(_ id: PostingID) async throws(PostgresError) -> [Transaction] {
    guard id.isWellFormed else { return [] }
    return try await pool.query(ReadPostings(ids: [id]))
  }

  /// What must be known of a transaction to take it back.
  package func reversible(_ id: TransactionID) async throws(PostgresError) -> ReversibleTransaction? {
    try await pool.first(ReadReversibles(first: id, last: id))
  }

  /// The same of all transactions of a posting, in the order of its legs.
  package func reversibles(of id: PostingID) async throws(PostgresError) -> [ReversibleTransaction] {
    guard id.isWellFormed else { return [] }
    let last = id.transaction(leg: Posting.legsMax - 1)
    return try await pool.query(ReadReversibles(first: id.transaction(leg: 0), last: last))
  }
}

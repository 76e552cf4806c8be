// What a verifier asks of the ledger. Nothing here waits for a lock or keeps anybody waiting.
package import Ledger
package import PostgresClient

/// Questions of those who verify.
package struct LedgerVerifying: Sendable {
  let pool: PostgresPool

  package init(_ pool: PostgresPool) {
    self.pool = pool
  }

  package func lengths() async throws(PostgresError) -> TableLengths {
    guard let lengths = try await pool.first(MeasureTables()) else { throw .unexpectedRowCount(0) }
    return lengths
  }

  /// The transactions that lie there.
  package func links(
    in stretch: TableStretch, of accounts: WalkedAccounts
  ) async throws(PostgresError) -> [MetLink] {
    try await pool.query(StreamLinks(stretch: stretch, accounts: accounts))
  }

  /// The accounts that lie there.
  package func accounts(
    in stretch: TableStretch, of accounts: WalkedAccounts
  ) async throws(PostgresError) -> [MetAccount] {
    try await pool.query(StreamAccounts(stretch: stretch, accounts: accounts))
  }

  /// Whose the transactions are that lie there.
  package func owners(in stretch: TableStretch, seed: Int64) async throws(PostgresError) -> [LinkOwner] {
    try await pool.query(StreamOwners(stretch: stretch, seed: seed))
  }

  /// The next links of each, so many at most, in one moment.
  package func chains(
    at places: [ChainPlace], limit: Int
  ) async throws(PostgresError) -> [ReadChain] {
    var chains = [ReadChain](repeating: ReadChain(), count: places.count)
    var links: [ChainLink] = []
    for row in try await pool.query(ReadChains(places: places, limit: Int64(limit))) {
      switch row {
      case .link(let link, _): links.append(link)
      case .end(var chain, let place):
        guard chains.indices.contains(Int(place) - 1) else { throw .unexpectedRowCount(Int(place)) }
        chain.links = links
        chains[Int(place) - 1] = chain
        links = []
      }
    }
    return chains
  }

  /// Those of the reversals that are wrong, and which rule they break.
  package func wrongReversals(
    among ids: [TransactionID]
  ) async throws(PostgresError) -> [(id: TransactionID, rule: CheckedChain.Rule)] {
    try await pool.query(JudgeReversals(ids: ids))
  }

  /// Of which types the user has anything.
  package func types(of user: UserID) async throws(PostgresError) -> [PointTypeID] {
    try await pool.query(ListChainsOfUser(user: user))
  }

  /// Holds the remembered requests that lie there against the postings that they name.
  package func requests(in stretch: TableStretch) async throws(PostgresError) -> CheckedRequests {
    var checked = CheckedRequests()
    for row in try await pool.query(CheckRequests(stretch: stretch)) {
      switch row {
      case .count(let requests): checked.requests = requests
      case .missing(let posting): checked.missing.append(posting)
      }
    }
    return checked
  }

  /// Lends one moment of a type. The sessions of the pool must see one moment a transaction
  /// (`PostgresConnectionOptions.seeOneMoment`).
  package func withSnapshot<Value>(
    of type: PointTypeID, _ body: (LedgerSnapshot) async throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    try await pool.transaction { transaction throws(PostgresError) in
      guard let sums = try await transaction.first(SumAccounts(type: type)) else {
        throw .unexpectedRowCount(0)
      }
      return try await body(LedgerSnapshot(type: type, sums: sums, transaction: transaction))
    }
  }
}

extension PostgresConnectionOptions {
  /// Has every transaction see one moment from its first statement to its last.
  package mutating func seeOneMoment() {
    isolation = .repeatableRead
  }

  /// Has stretches be read by place and chains by index, whatever the tables were like when a plan was made:
  /// a scan of all for each would never come to an end.
  package mutating func readByPlace() {
    settings += ["enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "jit"].map { ($0, "off") }
  }
}

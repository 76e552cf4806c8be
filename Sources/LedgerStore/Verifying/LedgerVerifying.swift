// What a verifier asks of the ledger. Nothing here waits for a lock or keeps anybody waiting.
package import Ledger
package import PostgresClient

/// Questions of those who verify.
package struct LedgerVerifying: Sendable {
  let pool: PostgresPool
  /// A page tells of so many faulty accounts; the others are only counted.
  private static let faultyMax: Int64 = 1_000

  package init(_ pool: PostgresPool) {
    self.pool = pool
  }

  /// Where the page of so many accounts behind this one ends, with so many transactions at most; but one
  /// account is always in it.
  package func page(
    after key: AccountKey, count: Int, transactions: Int64 = .max
  ) async throws(PostgresError) -> (range: AccountRange, isLast: Bool) {
    let last = try await pool.first(
      BoundAccounts(after: key, count: Int64(count), transactions: transactions))
    return (AccountRange(after: key, through: last ?? AccountRange.end), last == nil)
  }

  /// Holds the accounts of the range, of these types or of all, against their chains.
  package func chains(
    in range: AccountRange, of types: [PointTypeID] = []
  ) async throws(PostgresError) -> CheckedChains {
    var checked = CheckedChains()
    for row in try await pool.query(CheckChains(range: range, types: types, limit: Self.faultyMax)) {
      switch row {
      case .counts(let links, let accounts, let faulty):
        (checked.links, checked.accounts, checked.faultyAccounts) = (links, accounts, faulty)
      case .faulty(let chain): checked.faulty.append(chain)
      }
    }
    return checked
  }

  /// Holds a page of remembered requests against the postings that they name.
  package func requests(
    after digest: UUIDBits, limit: Int
  ) async throws(PostgresError) -> CheckedRequests {
    var checked = CheckedRequests()
    for row in try await pool.query(CheckRequests(after: digest, limit: Int64(limit))) {
      switch row {
      case .counts(let last, let requests): (checked.last, checked.requests) = (last, requests)
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

  /// Has pages be read by their index, whatever the tables were like when a plan was made: a scan of all for
  /// each page would never come to an end.
  package mutating func readByIndex() {
    settings += ["enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "jit"].map { ($0, "off") }
  }
}

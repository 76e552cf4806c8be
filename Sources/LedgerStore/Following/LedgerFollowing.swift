// What a mirror needs to ask of the ledger: what changed after a position, and how accounts are now.
// Numbering is part of it: a batch has a position once somebody who follows has asked.
package import Ledger
package import PostgresClient

/// Questions of those who follow the ledger.
package struct LedgerFollowing: Sendable {
  let pool: PostgresPool
  /// So many batches are numbered in one statement.
  private static let turnMax: Int64 = 2000

  package init(_ pool: PostgresPool) {
    self.pool = pool
  }

  /// Numbers everything that is visible now, and returns the last position: everything that was committed
  /// before the call has this position or a lower one.
  package func number() async throws(PostgresError) -> LedgerPosition {
    while true {
      let (_, numbered, head) = try await pool.pipeline(
        TakeNumberingTurn(), NumberBatches(limit: Self.turnMax), ReadHead())
      if numbered.count < Self.turnMax { return head.first ?? .start }
    }
  }

  package func batches(after position: Int64, limit: Int) async throws(PostgresError) -> [LedgerBatch] {
    try await pool.query(ReadBatches(position: position, limit: Int64(limit)))
  }

  /// Those of the positions at which the ledger has another batch, or none.
  package func strangers(
    among positions: Set<LedgerPosition>
  ) async throws(PostgresError) -> Set<LedgerPosition> {
    let asked = positions.subtracting([.start])
    guard !asked.isEmpty else { return [] }
    return asked.subtracting(try await pool.query(FindBatches(positions: asked.map(\.number))))
  }

  /// The accounts as they are now, in no particular order.
  package func accounts(_ keys: [AccountKey]) async throws(PostgresError) -> [NamedAccount] {
    try await pool.query(ReadNamedAccounts(keys: keys))
  }

  /// In which state these users' accounts of a type are; nil where there is none.
  package func stamps(
    of type: PointTypeID, _ users: [UserID]
  ) async throws(PostgresError) -> [AccountStamp?] {
    var stamps = [AccountStamp?](repeating: nil, count: users.count)
    for (place, stamp) in try await pool.query(ReadStamps(type: type, users: users)) {
      guard stamps.indices.contains(Int(place) - 1) else { throw .unexpectedRowCount(Int(place)) }
      stamps[Int(place) - 1] = stamp
    }
    return stamps
  }

  /// The next accounts of a type after this user, in the order of user ids.
  package func accounts(
    of type: PointTypeID, after user: UserID?, limit: Int
  ) async throws(PostgresError) -> [NamedAccount] {
    try await pool.query(ReadAccountsOfType(type: type, user: user, limit: Int64(limit)))
  }

  /// Whether the places that accounts have in a period still stand: once it is stored they go.
  package func hasPlaces(on board: BoardID, period: Int32) async throws(PostgresError) -> Bool {
    try await pool.first(FindCountingPeriod(board: board, number: period)) != nil
  }

  package func count(of type: PointTypeID) async throws(PostgresError) -> Int64 {
    try await pool.first(CountAccounts(type: type)) ?? 0
  }

  package func incarnation() async throws(PostgresError) -> (ledger: LedgerIncarnation, generation: Int64) {
    guard let answer = try await pool.first(ReadIncarnation()) else { throw .unexpectedRowCount(0) }
    return answer
  }
}

// Which ranks users had before, to hold those against that they have now.
package import Ledger
package import PostgresClient

package struct PastRanks: Sendable, Equatable {
  /// Which snapshot is the one to compare with.
  package struct Search: Sendable {
    /// A period that goes on.
    package struct Period: Sendable {
      package let number: Int32
      package let start: Instant

      package init(number: Int32, start: Instant) {
        self.number = number
        self.start = start
      }
    }

    /// Nil for a board without periods.
    let period: Period?
    let looksWithin: Bool
    let closedBefore: Instant

    /// The last one of this period, or if there is none, the last close before its end.
    package static func last(of period: Period?, before end: Instant) -> Search {
      Search(period: period, looksWithin: true, closedBefore: end)
    }

    /// The last close before an instant.
    package static func close(before instant: Instant) -> Search {
      Search(period: nil, looksWithin: false, closedBefore: instant)
    }
  }

  package let snapshot: SnapshotID
  package let purpose: String
  /// The label of the period that it is of.
  package let period: String?
  package let asOf: Instant
  /// Of those who are in it.
  package let ranks: [UserID: Int64]
}

extension SnapshotReader {
  /// Nil where there is nothing to compare with.
  package func pastRanks(
    of users: [UserID], on board: BoardOfType, in search: PastRanks.Search
  ) async throws(PostgresError) -> PastRanks? {
    let rows = try await pool.query(CompareWithPast(board: board, search: search, users: users))
    guard let first = rows.first else { return nil }
    var ranks: [UserID: Int64] = [:]
    for row in rows {
      if let user = row.user, let rank = row.rank { ranks[user] = Int64(rank) }
    }
    return PastRanks(
      snapshot: first.snapshot, purpose: first.purpose, period: first.period, asOf: first.asOf, ranks: ranks)
  }
}

// What boards answer.
package import Boards
package import Ledger

/// A member of a board, with its rank.
package struct BoardRow: Sendable, Equatable {
  package let rank: Int64
  package let score: Int64
  package let account: NamedAccount

  package init(rank: Int64, score: Int64, account: NamedAccount) {
    self.rank = rank
    self.score = score
    self.account = account
  }
}

/// Rows that follow each other.
package struct BoardPage: Sendable, Equatable {
  package var rows: [BoardRow]
  /// How many members are listed before the first row.
  package var offset: Int64
  /// All members of the board.
  package var members: Int64
  /// Only where they were asked for, and there are members.
  package var statistics: BoardStatistics?

  package init(
    rows: [BoardRow], offset: Int64, members: Int64, statistics: BoardStatistics? = nil
  ) {
    self.rows = rows
    self.offset = offset
    self.members = members
    self.statistics = statistics
  }
}

/// Where one user stands.
package struct BoardStanding: Sendable, Equatable {
  /// Nil if the user is not on the board.
  package var row: BoardRow?
  package var members: Int64
  /// The value of the nearest member that is strictly better.
  package var nextScore: Int64?

  package init(row: BoardRow?, members: Int64, nextScore: Int64? = nil) {
    self.row = row
    self.members = members
    self.nextScore = nextScore
  }

  /// Nil if the user is not on the board.
  package var percentile: Hundredths? {
    row.map { Hundredths.percentile(rank: $0.rank, members: members) }
  }

  /// What is missing to the next better value, nil for the best. Reaching that value shares its rank.
  package var missing: UInt64? {
    guard let row, let nextScore, nextScore > row.score else { return nil }
    return UInt64(bitPattern: nextScore &- row.score)
  }
}

/// Where the users of a list stand.
package struct BoardStandings: Sendable, Equatable {
  /// In the order asked for; nil for who is not on the board.
  package var rows: [BoardRow?]
  /// The ranks of the same users among themselves.
  package var localRanks: [Int64?]
  package var members: Int64

  package init(rows: [BoardRow?], localRanks: [Int64?], members: Int64) {
    self.rows = rows
    self.localRanks = localRanks
    self.members = members
  }
}

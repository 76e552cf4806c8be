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
  /// How many belong to the share that was asked for; nil where none was.
  package var topMembers: Int64?
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
  /// How many members are strictly better. Nil if the user is not on the board.
  package var better: Int64?
  private let order: BoardOrder

  /// `better` may be left out where ranks are those of a competition.
  package init(
    row: BoardRow?, members: Int64, nextScore: Int64? = nil, better: Int64? = nil,
    order: BoardOrder = BoardOrder()
  ) {
    self.row = row
    self.members = members
    self.nextScore = nextScore
    self.better = row.map { better ?? $0.rank - 1 }
    self.order = order
  }

  /// Nil if the user is not on the board. Whatever the style of ranks is, equal scores have the same.
  package var percentile: Hundredths? {
    better.map { Hundredths.percentile(rank: $0 + 1, members: members) }
  }

  /// What is missing to the next better value, nil for the best.
  package var missing: UInt64? {
    guard let row, let nextScore else { return nil }
    return order.missing(from: row.score, to: nextScore)
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

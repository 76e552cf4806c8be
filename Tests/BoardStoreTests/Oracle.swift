// The board of a list of accounts, worked out the slow and obvious way.
import BoardStore
import Boards
import Ledger

struct Oracle {
  let board: AllTimeBoard
  /// The members in their order.
  let members: [NamedAccount]
  let scores: [Int64]

  init(_ accounts: some Sequence<NamedAccount>, _ board: AllTimeBoard) {
    self.board = board
    members = accounts.filter { board.score(of: $0.account) != nil }.sorted { left, right in
      let (a, b) = (left.account, right.account)
      let (scoreOfA, scoreOfB) = (board.score(of: a) ?? 0, board.score(of: b) ?? 0)
      if scoreOfA != scoreOfB { return scoreOfA > scoreOfB }
      let (timeOfA, timeOfB) = (board.reachedAt(of: a), board.reachedAt(of: b))
      if let timeOfA, let timeOfB, timeOfA != timeOfB { return timeOfA < timeOfB }
      return a.key.user < b.key.user
    }
    scores = members.map { board.score(of: $0.account) ?? 0 }
  }

  /// Counts who is better; the scores fall, so they stand in front.
  func rank(of score: Int64) -> Int64 {
    Int64((scores.firstIndex { $0 <= score } ?? scores.count) + 1)
  }

  func row(_ index: Int) -> BoardRow {
    BoardRow(rank: rank(of: scores[index]), score: scores[index], account: members[index])
  }

  func page(offset: Int, limit: Int, statistics: Bool = false) -> BoardPage {
    let rows = members.indices.dropFirst(offset).prefix(limit).map(row)
    var page = BoardPage(rows: rows, offset: Int64(offset), members: Int64(members.count))
    if statistics, !members.isEmpty {
      page.statistics = BoardStatistics(
        sum: scores.reduce(into: Int128(0)) { $0 += Int128($1) }, members: Int64(scores.count),
        middle: (scores[(scores.count - 1) / 2], scores[scores.count / 2]))
    }
    return page
  }

  func standing(of user: UserID) -> BoardStanding {
    guard let index = members.firstIndex(where: { $0.account.key.user == user }) else {
      return BoardStanding(row: nil, members: Int64(members.count))
    }
    return BoardStanding(
      row: row(index), members: Int64(members.count), nextScore: scores.last { $0 > scores[index] })
  }

  func around(index: Int, count: Int) -> BoardPage {
    page(offset: max(0, min(index - count / 2, members.count - count)), limit: count)
  }
}

// The board of a list of accounts, worked out the slow and obvious way.
import BoardStore
import Boards
import Ledger

struct Oracle {
  let board: MirrorBoard
  /// The members in their order.
  let members: [NamedAccount]
  let scores: [Int64]
  /// What they are ordered by, falling.
  let merits: [Int64]

  init(_ accounts: some Sequence<NamedAccount>, _ board: MirrorBoard) {
    self.board = board
    func merit(_ account: Account) -> Int64 { board.order.merit(of: board.score(of: account) ?? 0) }
    members = accounts.filter { board.score(of: $0.account) != nil }.sorted { left, right in
      let (a, b) = (left.account, right.account)
      if merit(a) != merit(b) { return merit(a) > merit(b) }
      let (timeOfA, timeOfB) = (board.reachedAt(of: a), board.reachedAt(of: b))
      if let timeOfA, let timeOfB, timeOfA != timeOfB { return timeOfA < timeOfB }
      return a.key.user < b.key.user
    }
    scores = members.map { board.score(of: $0.account) ?? 0 }
    merits = members.map { merit($0.account) }
  }

  /// How many are better; they stand in front.
  func better(_ index: Int) -> Int64 { Int64(merits.firstIndex { $0 <= merits[index] } ?? merits.count) }

  func rank(_ index: Int) -> Int64 {
    switch board.order.style {
    case .competition: better(index) + 1
    case .dense: Int64(Set(merits.prefix(Int(better(index)))).count + 1)
    case .ordinal: Int64(index + 1)
    }
  }

  func row(_ index: Int) -> BoardRow {
    BoardRow(rank: rank(index), score: scores[index], account: members[index])
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
      return BoardStanding(row: nil, members: Int64(members.count), order: board.order)
    }
    let next = merits.lastIndex { $0 > merits[index] }
    return BoardStanding(
      row: row(index), members: Int64(members.count), nextScore: next.map { scores[$0] },
      better: better(index), order: board.order)
  }

  func around(index: Int, count: Int) -> BoardPage {
    page(offset: max(0, min(index - count / 2, members.count - count)), limit: count)
  }

  /// Where a score would stand.
  func place(of score: Int64) -> Int { merits.count { $0 > board.order.merit(of: score) } }
}

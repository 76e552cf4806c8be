// The same questions that Redis is asked, answered in the same way.
import BoardStore
import Boards
import Ledger

extension LedgerRanking {
  func page(
    _ board: MirrorBoard, offset: Int64, limit: Int64, top: TopShare? = nil, withStatistics: Bool
  ) -> BoardPage {
    let ranked = ranked(board)
    let share = top.map { ranked.members(of: $0) }
    let begin = min(offset, share ?? Int64(ranked.count))
    var page = rows(
      ranked, from: Int(clamping: begin), count: Int(clamping: min(limit, share.map { $0 - begin } ?? limit)))
    page.offset = offset
    page.topMembers = share
    if withStatistics { page.statistics = statistics(ranked) }
    return page
  }

  func standing(_ board: MirrorBoard, of user: UserID) -> BoardStanding {
    let ranked = ranked(board)
    guard let row = row(ranked, of: user) else {
      return BoardStanding(row: nil, members: Int64(ranked.count), order: ranked.order)
    }
    let better = ranked.better(than: row.score)
    return BoardStanding(
      row: row, members: Int64(ranked.count), nextScore: better > 0 ? ranked.score(at: better - 1) : nil,
      better: Int64(better), order: ranked.order)
  }

  /// Nil for a user who is not on the board.
  func around(_ board: MirrorBoard, user: UserID, count: Int64) -> BoardPage? {
    let ranked = ranked(board)
    guard let place = place(of: user), ranked.standing(of: place) != nil else { return nil }
    return around(ranked, center: ranked.index(of: place), count: count)
  }

  func around(_ board: MirrorBoard, score: Int64, count: Int64) -> BoardPage {
    let ranked = ranked(board)
    return around(ranked, center: ranked.better(than: score), count: count)
  }

  func users(_ board: MirrorBoard, _ users: [UserID]) -> BoardStandings {
    let ranked = ranked(board)
    let rows = users.map { row(ranked, of: $0) }
    return BoardStandings(
      rows: rows, localRanks: board.localRanks(of: rows), members: Int64(ranked.count))
  }

  /// Nil for a board with nobody on it.
  func spread(_ board: MirrorBoard, buckets count: Int) -> ScoreDistribution? {
    let ranked = ranked(board)
    guard ranked.count > 0, let statistics = statistics(ranked) else { return nil }
    let members = Int64(ranked.count)
    let scores = ScoreDistribution.places(of: members).map { ranked.score(fromLowest: Int($0)) }
    let buckets = ScoreBuckets(
      from: ranked.score(fromLowest: 1), to: ranked.score(fromLowest: ranked.count), count: count)
    let below = buckets.bounds.map { Int64(ranked.below($0)) }
    let counts = zip(below + [members], [0] + below).map { $0 - $1 }
    return ScoreDistribution(
      members: members, scores: scores, statistics: statistics, buckets, counts: counts)
  }

  // MARK: Parts

  private func row(_ ranked: RankedBoard, of user: UserID) -> BoardRow? {
    guard let place = place(of: user), let standing = ranked.standing(of: place) else { return nil }
    let ranks = ranked.ranks(from: ranked.index(of: place), count: 1)
    return ranks.first.map { BoardRow(rank: $0, score: standing.score, account: account(at: place)) }
  }

  /// As many rows before the center as behind; at either end of the board, more on the other side.
  private func around(_ ranked: RankedBoard, center: Int, count: Int64) -> BoardPage {
    let limit = Int(clamping: count)
    return rows(ranked, from: max(0, min(center - limit / 2, ranked.count - limit)), count: limit)
  }

  private func rows(_ ranked: RankedBoard, from begin: Int, count: Int) -> BoardPage {
    let count = min(count, ranked.count - begin)
    let ranks = ranked.ranks(from: begin, count: count)
    let rows = ranks.enumerated().map { index, rank in
      BoardRow(
        rank: rank, score: ranked.score(at: begin + index),
        account: account(at: ranked.member(at: begin + index)))
    }
    return BoardPage(rows: rows, offset: Int64(begin), members: Int64(ranked.count))
  }

  private func statistics(_ ranked: RankedBoard) -> BoardStatistics? {
    guard ranked.count > 0 else { return nil }
    return BoardStatistics(
      sum: ranked.sum, members: Int64(ranked.count),
      middle: (ranked.score(at: (ranked.count - 1) / 2), ranked.score(at: ranked.count / 2)))
  }
}

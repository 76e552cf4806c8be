// The same questions that Redis is asked, answered in the same way.
import BoardStore
import Boards
import Ledger

extension LedgerRanking {
  func page(_ board: AllTimeBoard, offset: Int64, limit: Int64, withStatistics: Bool) -> BoardPage {
    let order = order(board)
    var page = rows(board, from: Int(clamping: min(offset, Int64(order.count))), count: Int(clamping: limit))
    page.offset = offset
    if withStatistics { page.statistics = statistics(board) }
    return page
  }

  func standing(_ board: AllTimeBoard, of user: UserID) -> BoardStanding {
    let order = order(board)
    guard let row = row(board, of: user) else {
      return BoardStanding(row: nil, members: Int64(order.count))
    }
    let better = Int(row.rank) - 1
    let next = better > 0 ? members[Int(order[better - 1])].score(board) : nil
    return BoardStanding(row: row, members: Int64(order.count), nextScore: next)
  }

  /// Nil for a user who is not on the board.
  func around(_ board: AllTimeBoard, user: UserID, count: Int64) -> BoardPage? {
    guard let (place, member) = member(user), isOn(board, member) else { return nil }
    let center = firstPlace(board) { other, otherPlace in
      if other.score(board) != member.score(board) { return other.score(board) > member.score(board) }
      if other.reachedAt(board) != member.reachedAt(board) {
        return other.reachedAt(board) < member.reachedAt(board)
      }
      return otherPlace < place
    }
    return around(board, center: center, count: count)
  }

  func around(_ board: AllTimeBoard, score: Int64, count: Int64) -> BoardPage {
    around(board, center: better(board, than: score), count: count)
  }

  func users(_ board: AllTimeBoard, _ users: [UserID]) -> BoardStandings {
    let rows = users.map { row(board, of: $0) }
    return BoardStandings(
      rows: rows, localRanks: CompetitionRanks.among(rows.map { $0?.score }),
      members: Int64(order(board).count))
  }

  // MARK: Parts

  private func isOn(_ board: AllTimeBoard, _ member: Member) -> Bool {
    board == .balance || member.earnedAt != nil
  }

  private func row(_ board: AllTimeBoard, of user: UserID) -> BoardRow? {
    guard let (_, member) = member(user), isOn(board, member) else { return nil }
    return row(member, board, rank: Int64(better(board, than: member.score(board)) + 1))
  }

  private func row(_ member: Member, _ board: AllTimeBoard, rank: Int64) -> BoardRow {
    let reached = Instant(microseconds: member.balanceAt)
    let account = Account(
      key: AccountKey(user: user(member), pointType: pointType), balance: member.balance,
      totalEarned: member.earned, lastTransactionAt: reached,
      earnedAt: member.earnedAt.map { Instant(microseconds: $0) }, updatedAt: reached)
    return BoardRow(
      rank: rank, score: member.score(board), account: NamedAccount(account, displayName: name(member)))
  }

  /// As many rows before the center as behind; at either end of the board, more on the other side.
  private func around(_ board: AllTimeBoard, center: Int, count: Int64) -> BoardPage {
    let limit = Int(clamping: count)
    return rows(board, from: max(0, min(center - limit / 2, order(board).count - limit)), count: limit)
  }

  private func rows(_ board: AllTimeBoard, from begin: Int, count: Int) -> BoardPage {
    let order = order(board)
    let found = order[begin..<min(begin + count, order.count)].map { members[Int($0)] }
    let better = found.first.map { self.better(board, than: $0.score(board)) } ?? 0
    let ranks = CompetitionRanks.ofPage(
      found.map { $0.score(board) }, offset: Int64(begin), better: Int64(better))
    return BoardPage(
      rows: zip(found, ranks).map { row($0, board, rank: $1) }, offset: Int64(begin),
      members: Int64(order.count))
  }

  /// How many members are strictly better than the score.
  private func better(_ board: AllTimeBoard, than score: Int64) -> Int {
    firstPlace(board) { member, _ in member.score(board) > score }
  }

  /// The first place on the board at which the condition no longer holds; it holds for all before.
  private func firstPlace(_ board: AllTimeBoard, after holds: (Member, Int) -> Bool) -> Int {
    let order = order(board)
    var (low, high) = (0, order.count)
    while low < high {
      let middle = low + (high - low) / 2
      let place = Int(order[middle])
      if holds(members[place], place) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func statistics(_ board: AllTimeBoard) -> BoardStatistics? {
    let order = order(board)
    guard !order.isEmpty else { return nil }
    return BoardStatistics(
      sum: sum(board), members: Int64(order.count),
      middle: (
        members[Int(order[(order.count - 1) / 2])].score(board),
        members[Int(order[order.count / 2])].score(board)
      ))
  }
}

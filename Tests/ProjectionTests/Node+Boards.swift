// Whole boards, compared with a ranking worked out from the ledger's accounts in the plainest way.
import BoardStore
import Boards
import Ledger

extension Node {
  func difference(
    _ board: AllTimeBoard, _ ledger: [UserID: NamedAccount], _ type: PointTypeID
  ) async throws -> String? {
    let expected = ranking(board, ledger.values.map(\.account))
    var rows: [(user: UserID, rank: Int64, score: Int64)] = []
    while rows.count < expected.count {
      let offset = Int64(rows.count)
      let answer = await boards.page(of: type, .allTime(board), offset: offset, limit: 1000)
      guard case .value(let page, _) = answer else {
        return "board \(board) cannot be read: \(answer)"
      }
      guard page.members == expected.count else { return "\(board) has \(page.members) of \(expected.count)" }
      guard !page.rows.isEmpty else { return "\(board) ends at \(offset)" }
      rows += page.rows.map { ($0.account.account.key.user, $0.rank, $0.score) }
    }
    for (row, wanted) in zip(rows, expected)
    where row.user != wanted.user || row.rank != wanted.rank || row.score != wanted.score {
      return "\(board): \(row) where \(wanted) belongs"
    }
    return nil
  }

  private func ranking(
    _ board: AllTimeBoard, _ accounts: [Account]
  ) -> [(user: UserID, rank: Int64, score: Int64)] {
    let entries = accounts.compactMap { account -> (user: UserID, score: Int64, at: Instant)? in
      switch board {
      case .balance: account.lastTransactionAt.map { (account.key.user, account.balance, $0) }
      case .earned: account.earnedAt.map { (account.key.user, account.totalEarned, $0) }
      }
    }
    .sorted {
      if $0.score != $1.score { return $0.score > $1.score }
      return $0.at == $1.at ? $0.user < $1.user : $0.at < $1.at
    }
    var rank: Int64 = 0
    return entries.enumerated().map { index, entry in
      if index == 0 || entries[index - 1].score != entry.score { rank = Int64(index + 1) }
      return (entry.user, rank, entry.score)
    }
  }
}

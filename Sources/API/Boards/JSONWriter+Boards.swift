// Boards as they are answered.
import BoardStore
import Boards
import JSON
import Ledger

extension JSONWriter {
  /// Which board it is, and of a defined one, of which category and period.
  mutating func board(_ found: FoundBoard) {
    field("board", found.name)
    guard let period = found.period else { return }
    field("category", orNull: found.category)
    field("period", period.label)
  }

  mutating func entries(_ rows: [BoardRow], _ board: MirrorBoard, _ changes: RankChanges? = nil) {
    arrayField("entries") {
      for row in rows {
        $0.object {
          $0.members(of: row, board)
          $0.change(of: row.account.account.key.user, row.rank, changes)
        }
      }
    }
  }

  mutating func members(of row: BoardRow, _ board: MirrorBoard) {
    field("rank", row.rank)
    field("userId", row.account.account.key.user)
    field("displayName", orNull: row.account.displayName)
    field("score", row.score)
    field("reachedAt", orNull: board.reachedAt(of: row.account.account))
  }

  /// The users of a list, in the order of the board.
  mutating func standings(_ standings: BoardStandings, of users: [UserID], _ board: MirrorBoard) {
    let ranked = users.indices.compactMap { index in
      standings.rows[index].flatMap { row in standings.localRanks[index].map { (row, $0) } }
    }
    arrayField("entries") {
      for (row, localRank) in ranked.sorted(by: { $0.0.isListed(before: $1.0, board) }) {
        $0.object {
          $0.members(of: row, board)
          $0.field("localRank", localRank)
        }
      }
    }
    arrayField("unranked") {
      for (user, row) in zip(users, standings.rows) where row == nil { $0.string(user.text) }
    }
    field("members", standings.members)
  }

  /// Null for a board without members.
  mutating func statistics(_ statistics: BoardStatistics?) {
    key("statistics")
    guard let statistics else { return null() }
    object {
      $0.key("sum")
      $0.raw(Array(statistics.sum.description.utf8).span)
      $0.field("average", statistics.average)
      $0.field("median", statistics.median)
    }
  }

  mutating func field(_ name: StaticString, _ value: Hundredths) {
    key(name)
    raw(Array(value.description.utf8).span)
  }

  mutating func origin(_ origin: BoardOrigin) {
    switch origin {
    case .redis(let position):
      field("position", position)
      field("source", AnswerSource.redis.name)
    case .ledger(let instant):
      key("position")
      null()
      field("source", AnswerSource.ledger.name)
      field("asOf", instant)
    }
  }
}

extension BoardRow {
  /// Best first, then earliest, then by the bytes of the id: as on every page.
  fileprivate func isListed(before other: BoardRow, _ board: MirrorBoard) -> Bool {
    if score != other.score { return board.order.merit(of: score) > board.order.merit(of: other.score) }
    let (one, two) = (account.account, other.account.account)
    let (reached, otherReached) = (board.reachedAt(of: one), board.reachedAt(of: two))
    guard reached == otherReached else {
      guard let reached, let otherReached else { return reached == nil }
      return reached < otherReached
    }
    return one.key.user < two.key.user
  }
}

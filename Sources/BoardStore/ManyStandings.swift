// What a script answers about several users. What is damaged of one of them is no matter of the others.
import Ledger
import RedisClient

/// Of one moment.
struct ManyStandings {
  let members: Int64
  /// In the order asked for; nil where what lies in Redis does not fit together.
  let each: [BoardStanding?]

  /// Nil if the answer as a whole does not fit together.
  init?(
    _ parts: [RedisValue], _ decoding: RowDecoding, _ board: MirrorBoard, _ users: [UserID], withNext: Bool
  ) {
    guard parts.count == (withNext ? 6 : 4), let members = parts[1].integer, members >= 0 else {
      return nil
    }
    let lists = parts.dropFirst(2).compactMap(\.array)
    guard lists.count == parts.count - 2, lists.allSatisfy({ $0.count == users.count }) else { return nil }
    self.members = members
    each = users.indices.map { index in
      let (account, before) = (lists[0][index], lists[1][index].integer)
      guard before != Self.notListed else {
        return BoardStanding(row: nil, members: members, order: board.order)
      }
      guard let before, (0..<members).contains(before), let named = decoding.account(account, users[index]),
        let row = decoding.row(board, named, before: before)
      else { return nil }
      guard withNext else { return BoardStanding(row: row, members: members, order: board.order) }
      let next = decoding.score(board, lists[3][index])
      guard let better = lists[2][index].integer, (0..<members).contains(better), better == 0 || next != nil
      else { return nil }
      return BoardStanding(row: row, members: members, nextScore: next, better: better, order: board.order)
    }
  }

  /// In place of a rank, of who is not on the board; what is less says that it cannot be told.
  private static let notListed: Int64 = -1
}

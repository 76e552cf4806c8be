// Where each user of a list stands: friends, a guild.
import BoardScripts
import Boards
package import Ledger
import RedisClient

extension BoardStore {
  /// The ranks of these users on the whole board and among themselves. A long list is asked for in portions,
  /// and then each portion is of a moment of its own; the position is that of the first.
  package func users(
    of pointType: PointTypeID, _ board: MirrorBoard, _ users: [UserID]
  ) async -> MirrorAnswer<BoardStandings> {
    var standings = BoardStandings(rows: [], localRanks: [], members: 0)
    var earliest = Int64.max
    var begin = 0
    repeat {
      let portion = Array(users[begin..<min(begin + Self.callMax, users.count)])
      switch await readUsers(of: pointType, board, portion) {
      case .unavailable(let reason): return .unavailable(reason)
      case .value(let part, let position):
        standings.rows += part.rows
        standings.members = part.members
        earliest = min(earliest, position)
      }
      begin += portion.count
    } while begin < users.count
    standings.localRanks = board.localRanks(of: standings.rows)
    return .value(standings, position: earliest)
  }

  private func readUsers(
    of pointType: PointTypeID, _ board: MirrorBoard, _ users: [UserID]
  ) async -> MirrorAnswer<BoardStandings> {
    await read(of: pointType) { keys in
      await redis.call(
        BoardScripts.readUsers, keys: board.readingKeys(keys),
        arguments: board.readingArguments + users.map { $0.text.utf8.bytes })
    } _: { parts in
      let decoding = RowDecoding(pointType)
      guard parts.count == 4, let members = parts[1].integer, let values = parts[2].array,
        let before = parts[3].array, values.count == users.count, before.count == users.count,
        let accounts = decoding.accounts(values[...], users)
      else { return nil }
      var rows: [BoardRow?] = []
      for (account, before) in zip(accounts, before) {
        guard let before = before.integer else { return nil }
        let row = before < 0 ? nil : account.flatMap { decoding.row(board, $0, before: before) }
        guard before < 0 || row != nil else { return nil }
        rows.append(row)
      }
      return BoardStandings(rows: rows, localRanks: [], members: members)
    }
  }
}

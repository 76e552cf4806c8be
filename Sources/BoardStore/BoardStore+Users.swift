// Where each user of a list stands: friends, a guild.
package import Ledger

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
      switch await self.standings(of: portion, pointType, board, withNext: false) {
      case .unavailable(let reason): return .unavailable(reason)
      case .value(let many, let position):
        for standing in many.each {
          guard let standing else { return .unavailable(.damaged) }
          standings.rows.append(standing.row)
        }
        standings.members = many.members
        earliest = min(earliest, position)
      }
      begin += portion.count
    } while begin < users.count
    standings.localRanks = board.localRanks(of: standings.rows)
    return .value(standings, position: earliest)
  }
}

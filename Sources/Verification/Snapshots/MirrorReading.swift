// Reads what a mirror shows for a snapshot of it. It is read page by page while the board moves: who falls
// behind the page that is being read is met twice, and counts as met last; who rises past it at that very
// moment may be missed. A snapshot of the ledger has neither; this one shows what callers saw.
package import BoardStore
import Boards
import Ledger
package import LedgerStore
package import PostgresClient

/// Why a mirror could not be read for a snapshot.
package enum MirrorReadingError: Error, Sendable, CustomStringConvertible {
  case unavailable
  /// It has more members than are read.
  case tooManyMembers(most: Int64)
  case ledger(PostgresError)

  package var description: String {
    switch self {
    case .unavailable: "Redis cannot be asked for boards now."
    case .tooManyMembers(let most): "The board has more than the \(most) members that are read of a mirror."
    case .ledger(let error): "\(error)"
    }
  }
}

/// One worker's; used on its loop only.
package struct MirrorReading: Sendable {
  /// A board with more members is not read of a mirror.
  package static let membersMax: Int64 = 1_000_000

  private let boards: BoardStore
  private let settling: SnapshotSettling
  private let membersMax: Int64

  package init(_ boards: BoardStore, into settling: SnapshotSettling, membersMax: Int64 = Self.membersMax) {
    self.boards = boards
    self.settling = settling
    self.membersMax = membersMax
  }

  /// Adds all who are listed. The position that all of it reflects.
  package func read(for snapshot: Snapshot) async throws(MirrorReadingError) -> Int64 {
    let (type, board) = (snapshot.plan.board.pointType, snapshot.plan.mirrorBoard)
    var (offset, position) = (Int64(0), Int64.max)
    while true {
      let answer = await boards.page(of: type, board, offset: offset, limit: BoardStore.rowsMax)
      guard case .value(let page, let reached) = answer else { throw .unavailable }
      guard page.members <= membersMax else { throw .tooManyMembers(most: membersMax) }
      position = min(position, reached)
      let arrivals = page.rows.map { row in
        let account = row.account.account
        return SnapshotArrival(
          user: account.key.user, score: row.score,
          reachedAt: board.reachedAt(of: account) ?? account.updatedAt, version: account.version)
      }
      do throws(PostgresError) {
        try await settling.add(arrivals, to: snapshot)
      } catch {
        throw .ledger(error)
      }
      guard page.rows.count == Int(BoardStore.rowsMax) else { return position }
      offset += Int64(page.rows.count)
    }
  }
}

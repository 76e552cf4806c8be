// A snapshot of what the mirror shows. It is read page by page while the board moves: who falls behind the
// page that is being read is met twice, and counts as met last; who rises past it at that very moment may be
// missed. A snapshot of the ledger has neither; this one shows what callers saw.
import BoardStore
import HTTPServer
import Ledger
import LedgerStore
import PostgresClient
import Verification

extension SnapshotDesk {
  /// The position that all of it reflects.
  func readMirror(for snapshot: Snapshot) async throws(Problem) -> Int64 {
    let (type, board) = (snapshot.plan.board.pointType, snapshot.plan.mirrorBoard)
    var (offset, position) = (Int64(0), Int64.max)
    while true {
      let answer = await boards.page(of: type, board, offset: offset, limit: BoardStore.rowsMax)
      guard case .value(let page, let reached) = answer else {
        throw Problem(.unavailable, "Redis cannot be asked for boards now.", fields: [.retrySoon])
      }
      guard page.members <= options.liveMembersMax else {
        throw Problem(
          .tooManyMembers,
          "The board has more than the \(options.liveMembersMax) members that are read of a mirror.")
      }
      position = min(position, reached)
      let arrivals = page.rows.map { row in
        let account = row.account.account
        return SnapshotArrival(
          user: account.key.user, score: row.score,
          reachedAt: board.reachedAt(of: account) ?? account.updatedAt, version: account.version)
      }
      try await Problem.explaining { () async throws(PostgresError) in
        try await settling.add(arrivals, to: snapshot)
      }
      guard page.rows.count == Int(BoardStore.rowsMax) else { return position }
      offset += Int64(page.rows.count)
    }
  }
}

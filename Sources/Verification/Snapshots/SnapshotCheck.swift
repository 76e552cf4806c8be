// A snapshot held against the mirror. Both say of an account after how many transactions it was as they say;
// where that is the same, they must agree. Whoever does not is looked at again as any suspect is, and what
// has drifted is put right: in Redis, for the snapshot is what the ledger says.
package import BoardStore
import Boards
package import EventLoop
import Ledger
package import LedgerStore
package import PostgresClient

/// One worker's; used on its loop only.
package struct SnapshotCheck: Sendable {
  /// So many users are compared at once.
  private static let pageSize = 1_000

  private let loop: EventLoop
  private let boards: BoardStore
  private let reader: SnapshotReader
  private let ledger: LedgerFollowing
  private let examiner: MirrorExaminer

  /// `grace` is for how long a mirror that is behind is waited for.
  package init(
    boards: BoardStore, pool: PostgresPool, on loop: EventLoop, grace: Duration = MirrorExaminer.grace
  ) {
    self.loop = loop
    self.boards = boards
    reader = SnapshotReader(pool: pool)
    ledger = LedgerFollowing(pool)
    examiner = MirrorExaminer(loop: loop, pool: pool, boards: boards, grace: grace)
  }

  /// What came of it; nil if it was not done by then. Accounts that went on since the snapshot are not
  /// counted as checked.
  package func compare(
    _ snapshot: Snapshot, until end: MonotonicInstant? = nil
  ) async throws(VerificationError) -> Snapshot.Comparison? {
    let type = snapshot.plan.board.pointType
    let mirror = try await LiveMirror.of(type, in: boards)
    var (checked, drifted, repaired): (Int64, Int64, Int64) = (0, 0, 0)
    // While Redis compares one page, Postgres reads the next. Places have no gap, so it is known where that
    // begins.
    var place: Int32 = 0
    var coming = read(snapshot, after: place)
    while true {
      let entries = try await coming.value().get()
      if let end, loop.clock.now >= end { return nil }
      place += Int32(Self.pageSize)
      let isLast = entries.count < Self.pageSize
      if !isLast { coming = read(snapshot, after: place) }
      let look = try await look(at: entries, of: snapshot, in: mirror)
      let found = try await drift(among: look.suspects, in: mirror)
      checked += look.agreed + Int64(found.count)
      drifted += Int64(found.count)
      if !found.isEmpty {
        let repair = MirrorRepair(boards: boards, examiner: examiner)
        repaired += min(Int64(found.count), Int64(try await repair.repair(found, in: mirror)))
      }
      if isLast { break }
    }
    return Snapshot.Comparison(checked: checked, drifted: drifted, repaired: repaired)
  }

  private func read(
    _ snapshot: Snapshot, after place: Int32
  ) -> OneShot<Result<[SnapshotEntry], VerificationError>> {
    let page = OneShot<Result<[SnapshotEntry], VerificationError>>()
    loop.spawn { [reader] in
      do throws(VerificationError) {
        page.fulfil(
          .success(
            try await asking { () throws(PostgresError) in
              try await reader.entries(of: snapshot.number, after: place, limit: Self.pageSize)
            }))
      } catch {
        page.fulfil(.failure(error))
      }
    }
    return page
  }

  /// How many are the same, and who is not, or is not even there.
  private func look(
    at entries: [SnapshotEntry], of snapshot: Snapshot, in mirror: LiveMirror
  ) async throws(VerificationError) -> (agreed: Int64, suspects: [AccountKey]) {
    let board = snapshot.plan.mirrorBoard
    let told = entries.map {
      ToldPlace(user: $0.user, version: $0.version, score: $0.score, reachedAt: $0.reachedAt)
    }
    let offset = Int64(entries.first?.place ?? 1) - 1
    let compared = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.compare(told, behind: offset, on: board, in: mirror.keys)
    }
    let suspects = compared.others.map { AccountKey(user: $0.user, pointType: mirror.pointType) }
    return (compared.agreed, suspects)
  }

  private func drift(
    among suspects: [AccountKey], in mirror: LiveMirror
  ) async throws(VerificationError) -> [AccountDrift] {
    guard !suspects.isEmpty else { return [] }
    let rows = try await asking { () throws(PostgresError) in try await ledger.accounts(suspects) }
    let known = rows.map { Suspect($0.account.key, revision: $0.account.revision) }
    return try await examiner.examine(known, in: mirror).drifted
  }
}

extension SnapshotPlan {
  /// The same board, as mirrors have it.
  package var mirrorBoard: MirrorBoard {
    switch (slot, board.key) {
    case (let slot?, _): .slot(slot, order)
    case (nil, .earned): .earned
    case (nil, .balance), (nil, .defined): .balance
    }
  }
}

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

  private let boards: BoardStore
  private let reader: SnapshotReader
  private let ledger: LedgerFollowing
  private let examiner: MirrorExaminer

  package init(boards: BoardStore, pool: PostgresPool, on loop: EventLoop) {
    self.boards = boards
    reader = SnapshotReader(pool: pool)
    ledger = LedgerFollowing(pool)
    examiner = MirrorExaminer(loop: loop, pool: pool, boards: boards)
  }

  /// What came of it. Accounts that went on since the snapshot are not counted as checked.
  package func compare(_ snapshot: Snapshot) async throws(VerificationError) -> Snapshot.Comparison {
    let type = snapshot.plan.board.pointType
    let mirror = try await LiveMirror.of(type, in: boards)
    var (checked, drifted, repaired): (Int64, Int64, Int64) = (0, 0, 0)
    var last: Int32 = 0
    while true {
      let place = last
      let entries = try await asking { () throws(PostgresError) in
        try await reader.entries(of: snapshot.number, after: place, limit: Self.pageSize)
      }
      let look = try await look(at: entries, of: snapshot, in: mirror)
      let found = try await drift(among: look.suspects, in: mirror)
      checked += look.agreed + Int64(found.count)
      drifted += Int64(found.count)
      if !found.isEmpty {
        let repair = MirrorRepair(boards: boards, examiner: examiner)
        repaired += min(Int64(found.count), Int64(try await repair.repair(found, in: mirror)))
      }
      guard entries.count == Self.pageSize, let next = entries.last?.place else { break }
      last = next
    }
    return Snapshot.Comparison(checked: checked, drifted: drifted, repaired: repaired)
  }

  /// How many are the same, and who is not, or is not even there.
  private func look(
    at entries: [SnapshotEntry], of snapshot: Snapshot, in mirror: LiveMirror
  ) async throws(VerificationError) -> (agreed: Int64, suspects: [AccountKey]) {
    let keys = entries.map { AccountKey(user: $0.user, pointType: mirror.pointType) }
    let held = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.held(keys, in: mirror.keys)
    }
    let board = snapshot.plan.mirrorBoard
    var agreed: Int64 = 0
    var suspects: [AccountKey] = []
    for (entry, held) in zip(entries, held) {
      // The period is stored, and its mirror gone.
      if case .slot(let slot, _) = board, held.retired.contains(slot) { continue }
      guard let account = held.account?.account, account.version >= entry.version else {
        suspects.append(held.key)
        continue
      }
      guard account.version == entry.version else { continue }
      if board.holds(entry, in: held, as: account) { agreed += 1 } else { suspects.append(held.key) }
    }
    return (agreed, suspects)
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

extension MirrorBoard {
  /// Whether the account says so, and the sorted set with it.
  fileprivate func holds(_ entry: SnapshotEntry, in held: HeldAccount, as account: Account) -> Bool {
    score(of: account) == entry.score && reachedAt(of: account) == entry.reachedAt
      && held.scores[set] == ScoreEncoding.score(of: order.merit(of: entry.score))
  }
}

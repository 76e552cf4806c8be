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
  private static let pageSize: Int32 = 1_024
  /// So many pages are under way: as many as there are servers that work on one, after each other.
  private static let pagesAtOnce = 3
  /// Redis may be held up for a moment, for instance by a disk to which a snapshot has just been written. Who
  /// gets no answer asks again after each of these pauses, and not longer: whoever ends a period may wait.
  private static let pauses: [Duration] = [.milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2)]

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
    // A Redis that is known to be away is not waited for.
    let mirror = try await again(where: \.isDelay) { () throws(VerificationError) in
      try await LiveMirror.of(type, in: boards)
    }
    var (checked, drifted, repaired): (Int64, Int64, Int64) = (0, 0, 0)
    // While one page is examined, Redis tells of the next, and Postgres reads the one behind it.
    var coming = (0..<Self.pagesAtOnce).map { look(atPage: Int32($0), of: snapshot, in: mirror) }[...]
    var next = Int32(coming.count)
    while let page = coming.popFirst() {
      let look = try await page.value().get()
      if let end, loop.clock.now >= end { return nil }
      if look.isLast {
        coming = []
      } else {
        coming.append(self.look(atPage: next, of: snapshot, in: mirror))
        next += 1
      }
      let found = try await drift(among: look.suspects, in: mirror)
      checked += look.agreed + Int64(found.count)
      drifted += Int64(found.count)
      if !found.isEmpty {
        let repair = MirrorRepair(boards: boards, examiner: examiner)
        repaired += min(Int64(found.count), Int64(try await repair.repair(found, in: mirror)))
      }
    }
    return Snapshot.Comparison(checked: checked, drifted: drifted, repaired: repaired)
  }

  /// What was seen on a page.
  private struct Look {
    /// How many are the same.
    let agreed: Int64
    /// Who is not, or is not even there.
    let suspects: [AccountKey]
    let isLast: Bool
  }

  /// Begins at once, and needs no other page: places have no gap, so it is known where each page begins.
  private func look(
    atPage number: Int32, of snapshot: Snapshot, in mirror: LiveMirror
  ) -> OneShot<Result<Look, VerificationError>> {
    let look = OneShot<Result<Look, VerificationError>>()
    loop.spawn {
      do throws(VerificationError) {
        look.fulfil(.success(try await self.look(behind: number * Self.pageSize, of: snapshot, in: mirror)))
      } catch {
        look.fulfil(.failure(error))
      }
    }
    return look
  }

  private func look(
    behind place: Int32, of snapshot: Snapshot, in mirror: LiveMirror
  ) async throws(VerificationError) -> Look {
    let told = try await asking { () throws(PostgresError) in
      try await reader.entries(of: snapshot.number, after: place, limit: Int(Self.pageSize)).map {
        ToldPlace(user: $0.user, version: $0.version, score: $0.score, reachedAt: $0.reachedAt)
      }
    }
    let compared = try await again(where: \.isOutage) { () throws(VerificationError) in
      try await mirroring { () throws(MirrorUnavailable) in
        try await boards.compare(
          told, behind: Int64(place), on: snapshot.plan.mirrorBoard, in: mirror.keys)
      }
    }
    return Look(
      agreed: compared.agreed,
      suspects: compared.others.map { AccountKey(user: $0.user, pointType: mirror.pointType) },
      isLast: told.count < Self.pageSize)
  }

  private func again<Value>(
    where isMomentary: (VerificationError) -> Bool, _ ask: () async throws(VerificationError) -> Value
  ) async throws(VerificationError) -> Value {
    for pause in Self.pauses {
      do throws(VerificationError) { return try await ask() } catch {
        guard isMomentary(error), (try? await loop.sleep(for: pause)) != nil else { throw error }
      }
    }
    return try await ask()
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

// The second look. What seemed to differ is read again, Redis first and the ledger after it, once the
// follower has passed what the ledger had at the first look: what is still missing then is not on its way. If
// it does not get there in time, nobody can say whether something is missing or only late, and nobody does.
package import BoardStore
package import EventLoop
package import Ledger
import LedgerStore
package import PostgresClient

/// An account that seemed to differ, and the revision that the ledger had of it then.
package struct Suspect: Sendable {
  package let key: AccountKey
  package let revision: Int64

  package init(_ key: AccountKey, revision: Int64) {
    self.key = key
    self.revision = revision
  }
}

/// An account that does differ.
package struct AccountDrift: Sendable {
  package let held: HeldAccount
  package let drifts: [Drift]

  /// Whether repairing it may leave a kept sum wrong: who knows whether the sum had counted what was there.
  package var concernsSums: Bool { drifts.contains { $0.kind.isOfState } }
}

/// What a second look found.
package struct Examination: Sendable {
  package fileprivate(set) var drifted: [AccountDrift] = []
  /// How many accounts the mirror lacks, or has in an older state, and has not been followed far enough to be
  /// blamed for it.
  package fileprivate(set) var behind: Int64 = 0

  fileprivate init() {}
}

package final class MirrorExaminer: @unchecked Sendable {
  /// How long a follower may take to pass a position before it is taken for none.
  package static let grace = Duration.seconds(3)

  private let loop: EventLoop
  private let boards: BoardStore
  private let following: LedgerFollowing
  private let grace: Duration
  /// Where mirrors stood when they were waited for in vain: as long as they stand there nobody follows, and
  /// waiting again would only take time.
  private var stuck: [PointTypeID: Int64] = [:]

  package init(
    loop: EventLoop, pool: PostgresPool, boards: BoardStore, grace: Duration = MirrorExaminer.grace
  ) {
    self.loop = loop
    self.boards = boards
    self.grace = grace
    following = LedgerFollowing(pool)
  }

  package func examine(
    _ suspects: [Suspect], in mirror: LiveMirror
  ) async throws(VerificationError) -> Examination {
    var found = Examination()
    guard !suspects.isEmpty else { return found }
    let isFollowed = try await untilFollowed(mirror)
    let keys = suspects.map(\.key)
    let held = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.held(keys, in: mirror.keys)
    }
    let rows = try await ledger(keys)
    let shown = boards.boards(of: mirror.pointType)
    for (suspect, held) in zip(suspects, held) {
      let row = rows[held.key]
      let drifts = MirrorJudge.drifts(
        of: held, ledger: row, followed: isFollowed ? suspect.revision : 0, on: shown)
      if !drifts.isEmpty {
        found.drifted.append(AccountDrift(held: held, drifts: drifts))
      } else if !isFollowed {
        let late = MirrorJudge.drifts(of: held, ledger: row, followed: suspect.revision, on: shown)
        found.behind += late.isEmpty ? 0 : 1
      }
    }
    return found
  }

  /// The accounts as the ledger has them now.
  package func ledger(_ keys: [AccountKey]) async throws(VerificationError) -> [AccountKey: NamedAccount] {
    let rows = try await asking { () throws(PostgresError) in try await following.accounts(keys) }
    return Dictionary(rows.map { ($0.account.key, $0) }) { $1 }
  }

  /// Waits until the mirror has what is committed now; whether it came so far in time.
  private func untilFollowed(_ mirror: LiveMirror) async throws(VerificationError) -> Bool {
    let head = try await asking { () throws(PostgresError) in try await following.number() }
    let end = loop.clock.now + grace
    while true {
      let weight = try await mirroring { () throws(MirrorUnavailable) in
        try await boards.weigh(mirror.pointType, in: mirror.keys)
      }
      guard weight.position < head.number else {
        stuck[mirror.pointType] = nil
        return true
      }
      let isStuck = stuck[mirror.pointType] == weight.position
      guard !isStuck, loop.clock.now < end, (try? await loop.sleep(for: .milliseconds(50))) != nil else {
        stuck[mirror.pointType] = weight.position
        return false
      }
    }
  }
}

// The second look. What seemed to differ is read again, Redis first and the ledger after it, once the
// follower has passed what the ledger had at the first look: what is still missing then is not on its way.
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
}

package final class MirrorExaminer: @unchecked Sendable {
  /// How long a follower may take to pass a position before it is taken for none.
  package static let grace = Duration.seconds(3)

  private let loop: EventLoop
  private let boards: BoardStore
  private let following: LedgerFollowing
  private let grace: Duration
  /// Nobody follows; then waiting again would only take time.
  private var isStuck = false

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
  ) async throws(VerificationError) -> [AccountDrift] {
    guard !suspects.isEmpty else { return [] }
    try await untilFollowed(mirror)
    let keys = suspects.map(\.key)
    let held = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.held(keys, in: mirror.keys)
    }
    let rows = try await ledger(keys)
    return zip(suspects, held).compactMap { suspect, held in
      let drifts = MirrorJudge.drifts(of: held, ledger: rows[held.key], followed: suspect.revision)
      return drifts.isEmpty ? nil : AccountDrift(held: held, drifts: drifts)
    }
  }

  /// The accounts as the ledger has them now.
  package func ledger(_ keys: [AccountKey]) async throws(VerificationError) -> [AccountKey: NamedAccount] {
    let rows = try await asking { () throws(PostgresError) in try await following.accounts(keys) }
    return Dictionary(rows.map { ($0.account.key, $0) }) { $1 }
  }

  /// Waits until the mirror has what is committed now, or nobody brings it there.
  private func untilFollowed(_ mirror: LiveMirror) async throws(VerificationError) {
    let head = try await asking { () throws(PostgresError) in try await following.number() }
    let end = loop.clock.now + grace
    while true {
      let weight = try await mirroring { () throws(MirrorUnavailable) in
        try await boards.weigh(mirror.pointType, in: mirror.keys)
      }
      guard weight.position < head.number else {
        isStuck = false
        return
      }
      guard !isStuck, loop.clock.now < end, (try? await loop.sleep(for: .milliseconds(50))) != nil else {
        isStuck = true
        return
      }
    }
  }
}

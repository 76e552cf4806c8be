// The kept sums of the two boards that every type has and the numbers of their members, held against the
// ledger exactly, also while postings go on: the ledger is summed up in one snapshot, and whoever changed
// since then is read in Redis in the same moment as the sums. What is between the two is known of each of
// them, so nothing has to stand still. Those of defined boards are compared elsewhere.
package import BoardStore
package import Boards
package import EventLoop
package import Ledger
package import LedgerStore
package import PostgresClient

package final class MirrorSums: @unchecked Sendable {
  /// A snapshot that so many accounts have left behind is too old.
  private static let changedMax = 4_000
  private static let attempts = 200
  private static let batchesMax = 256

  private let loop: EventLoop
  private let boards: BoardStore
  private let following: LedgerFollowing
  private let snapshots: LedgerVerifying
  private let grace: Duration

  /// The sessions of `snapshots` see one moment a transaction (`PostgresConnectionOptions.seeOneMoment`).
  package init(
    loop: EventLoop, pool: PostgresPool, snapshots: PostgresPool, boards: BoardStore,
    grace: Duration = MirrorExaminer.grace
  ) {
    self.loop = loop
    self.grace = grace
    self.boards = boards
    following = LedgerFollowing(pool)
    self.snapshots = LedgerVerifying(snapshots)
  }

  /// A board as it should be, and as it is.
  package struct Comparison: Sendable {
    package let board: AllTimeBoard
    package let expected: Int128
    /// Nil for what is no sum.
    package let kept: Int128?
    package let expectedMembers: Int64
    package let members: Int64

    /// How often the sum had been corrected before.
    fileprivate(set) var corrections: [UInt8] = []

    package var isEqual: Bool { kept == expected && members == expectedMembers }
  }

  /// A sum that is not as it should be.
  package struct Fault: Sendable {
    package let drift: Drift
    fileprivate let board: AllTimeBoard
    /// What to add to it; nothing to what is no sum.
    fileprivate let correction: SumLimbs?
    fileprivate let corrections: [UInt8]
  }

  /// Compares both boards. `drifted` are accounts of which the mirror is known to hold something else than
  /// the ledger has: the sums are of what it holds. Nil if so much was written that no moment could be found,
  /// and for a mirror that stays behind: what it lacks may be on its way, and would be added once more to a
  /// sum that was corrected.
  package func compare(
    _ mirror: LiveMirror, drifted: Set<UserID>
  ) async throws(VerificationError) -> [Comparison]? {
    let outcome: Result<[Comparison]?, VerificationError> = try await asking { () throws(PostgresError) in
      try await snapshots.withSnapshot(of: mirror.pointType) { snapshot throws(PostgresError) in
        do throws(VerificationError) {
          return .success(try await compare(mirror, drifted, snapshot))
        } catch {
          return .failure(error)
        }
      }
    }
    return try outcome.get()
  }

  private func compare(
    _ mirror: LiveMirror, _ drifted: Set<UserID>, _ snapshot: LedgerSnapshot
  ) async throws(VerificationError) -> [Comparison]? {
    let end = loop.clock.now + grace
    let sums = snapshot.sums
    var position = sums.position
    var changed = drifted
    var then: [UserID: Account] = [:]
    var known: Set<UserID> = []
    let corrections = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.corrections(in: mirror.keys)
    }
    for _ in 0..<Self.attempts {
      changed.formUnion(try await changes(of: mirror.pointType, since: &position))
      guard changed.count <= Self.changedMax else { return nil }
      let new = Array(changed.subtracting(known))
      if !new.isEmpty {
        let rows = try await asking { () throws(PostgresError) in try await snapshot.accounts(of: new) }
        then.merge(rows) { $1 }
        known.formUnion(new)
      }
      let users = Array(changed)
      let weight = try await mirroring { () throws(MirrorUnavailable) in
        try await boards.weigh(mirror.pointType, with: users, in: mirror.keys)
      }
      let isFollowed = weight.position >= sums.position
      guard isFollowed || loop.clock.now < end else { return nil }
      let late = try await changes(of: mirror.pointType, since: &position)
      if isFollowed, late.isSubset(of: changed) {
        var comparisons = Self.comparisons(sums, then, weight)
        for place in comparisons.indices {
          comparisons[place].corrections = corrections[.allTime(comparisons[place].board)] ?? []
        }
        return comparisons
      }
      changed.formUnion(late)
      if !isFollowed { try? await loop.sleep(for: .milliseconds(20)) }
    }
    return nil
  }

  /// Who was changed by what is committed by now, above the position.
  private func changes(
    of type: PointTypeID, since position: inout Int64
  ) async throws(VerificationError) -> Set<UserID> {
    let head = try await asking { () throws(PostgresError) in try await following.number() }
    var users: Set<UserID> = []
    while position < head.number {
      let last = position
      let batches = try await asking { () throws(PostgresError) in
        try await following.batches(after: last, limit: Self.batchesMax)
      }
      guard let end = batches.last?.position.number else { return users }
      for batch in batches {
        for account in batch.accounts where account.key.pointType == type { users.insert(account.key.user) }
      }
      position = end
    }
    return users
  }

  /// The sum and the number of the snapshot, with what each changed account adds to them in the mirror.
  package static func comparisons(
    _ sums: AccountSums, _ then: [UserID: Account], _ weight: MirrorWeight
  ) -> [Comparison] {
    AllTimeBoard.allCases.map { board in
      var (expected, members) =
        board == .balance ? (sums.balance, sums.members) : (sums.earned, sums.earners)
      for held in weight.held {
        let now = held.account.flatMap { board.score(of: $0.account) }
        let before = then[held.key.user].flatMap { board.score(of: $0) }
        expected += Int128(now ?? 0) - Int128(before ?? 0)
        members += (now == nil ? 0 : 1) - (before == nil ? 0 : 1)
      }
      return Comparison(
        board: board, expected: expected, kept: weight.sums[.allTime(board)] ?? nil, expectedMembers: members,
        members: weight.members[.allTime(board)] ?? 0)
    }
  }

  // MARK: Putting right

  package static func faults(in comparisons: [Comparison], of type: PointTypeID) -> [Fault] {
    comparisons.filter { $0.kept != $0.expected }.map { sum in
      let drift = Drift(
        .sum, type, user: nil, board: .allTime(sum.board), expected: "\(sum.expected)",
        found: sum.kept.map { "\($0)" } ?? "no sum")
      return Fault(
        drift: drift, board: sum.board, correction: sum.kept.map { SumLimbs(sum.expected - $0) },
        corrections: sum.corrections)
    }
  }

  /// Whether the sum is right now. Whoever found the same may have been faster: that is looked at again.
  package func correct(_ fault: Fault, in mirror: LiveMirror) async throws(VerificationError) -> Bool {
    guard let correction = fault.correction else { return false }
    return try await mirroring { () throws(MirrorUnavailable) in
      try await boards.correctSum(
        of: .allTime(fault.board), by: correction, seeing: fault.corrections, in: mirror.keys)
    }
  }
}

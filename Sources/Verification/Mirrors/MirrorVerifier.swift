// Holds the mirror of a point type against the ledger, both ways: every account of the ledger against hash
// and boards, every member of the boards against the hash, and what the hash has more than the ledger; then
// the sums. Services go on meanwhile.
package import BoardStore
package import EventLoop
package import Ledger
import LedgerStore
package import PostgresClient

package final class MirrorVerifier: @unchecked Sendable {
  /// What is looked at, how much of it is done, of how much.
  package typealias Progress = (_ what: Part, _ done: Int64, _ total: Int64?) -> Void

  package enum Part: String, Sendable {
    case accounts, boards
  }

  private static let pageLength = 1_024
  private static let scanLength = 128
  /// So many that seem to differ are looked at again together: a bound of memory.
  private static let suspectsMax = 2_000
  /// So many epochs may take each other's place while one verification goes on.
  private static let attemptsMax = 5

  let boards: BoardStore
  let following: LedgerFollowing
  private let examiner: MirrorExaminer
  private let repair: MirrorRepair
  /// Nil where sums are not compared.
  private let sums: MirrorSums?

  /// Without sessions that see one moment a transaction the sums are not compared.
  package init(
    loop: EventLoop, pool: PostgresPool, snapshots: PostgresPool?, boards: BoardStore,
    grace: Duration = MirrorExaminer.grace
  ) {
    self.boards = boards
    following = LedgerFollowing(pool)
    let examiner = MirrorExaminer(loop: loop, pool: pool, boards: boards, grace: grace)
    self.examiner = examiner
    repair = MirrorRepair(boards: boards, examiner: examiner)
    sums = snapshots.map {
      MirrorSums(loop: loop, pool: pool, snapshots: $0, boards: boards, grace: grace)
    }
  }

  /// One verification of one type.
  struct Walk {
    let mirror: LiveMirror
    let repairs: Bool
    var findings = MirrorFindings()
    var suspects: [Suspect] = []
    /// Of which the mirror holds something else than the ledger.
    var drifted: Set<UserID> = []
    var isSumInDoubt = false
    /// What each period of a defined board must sum up to.
    var slotSums: [SlotKey: Int128] = [:]
  }

  /// If the mirror is built anew meanwhile, the one that took its place is verified from the beginning.
  package func verify(
    _ type: PointTypeID, repairs: Bool, progress: Progress
  ) async throws(VerificationError) -> MirrorFindings {
    var attempts = 1
    while true {
      let mirror = try await LiveMirror.of(type, in: boards)
      do throws(VerificationError) {
        return try await verify(mirror, repairs: repairs, progress)
      } catch {
        guard attempts < Self.attemptsMax, let now = try? await LiveMirror.of(type, in: boards),
          now.keys != mirror.keys
        else { throw error }
        attempts += 1
      }
    }
  }

  private func verify(
    _ mirror: LiveMirror, repairs: Bool, _ progress: Progress
  ) async throws(VerificationError) -> MirrorFindings {
    var walk = Walk(mirror: mirror, repairs: repairs)
    let start = try await asking { () throws(PostgresError) in try await following.number() }.number
    try await verifyAccounts(&walk, progress)
    try await verifyBoards(&walk, progress)
    try await findGhosts(&walk)
    try await verifySums(&walk)
    try await verifySlotSums(&walk, since: start)
    return walk.findings
  }

  /// The account of one user.
  package func verify(
    _ key: AccountKey, repairs: Bool
  ) async throws(VerificationError) -> MirrorFindings {
    var walk = Walk(mirror: try await LiveMirror.of(key.pointType, in: boards), repairs: repairs)
    let row = try await examiner.ledger([key])[key]
    walk.findings.accounts = row == nil ? 0 : 1
    walk.suspects = [Suspect(key, revision: row?.account.revision ?? 0)]
    try await lookAgain(&walk)
    // What was written over something else than the sum had counted left it wrong.
    if walk.isSumInDoubt { try await verifySums(&walk) }
    return walk.findings
  }

  // MARK: From the ledger to the mirror

  private func verifyAccounts(_ walk: inout Walk, _ progress: Progress) async throws(VerificationError) {
    let type = walk.mirror.pointType
    let total = try? await following.count(of: type)
    var last: UserID?
    progress(.accounts, 0, total)
    while true {
      let after = last
      let page = try await asking { () throws(PostgresError) in
        try await following.accounts(of: type, after: after, limit: Self.pageLength)
      }
      try await compare(page, &walk)
      walk.addSlots(of: page, on: boards.boards(of: type))
      walk.findings.accounts += Int64(page.count)
      let done = walk.findings.accounts
      progress(.accounts, done, total.map { max(done, $0) })
      guard page.count == Self.pageLength, let user = page.last?.account.key.user else { break }
      last = user
    }
    try await lookAgain(&walk)
  }

  private func compare(_ page: [NamedAccount], _ walk: inout Walk) async throws(VerificationError) {
    let keys = walk.mirror.keys
    let differing = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.differing(from: page, in: keys)
    }
    guard !differing.isEmpty else { return }
    let revisions = Dictionary(page.map { ($0.account.key, $0.account.revision) }) { $1 }
    walk.suspects += differing.map { Suspect($0.key, revision: revisions[$0.key] ?? 0) }
    if walk.suspects.count >= Self.suspectsMax { try await lookAgain(&walk) }
  }

  private func lookAgain(_ walk: inout Walk) async throws(VerificationError) {
    let found = try await examiner.examine(walk.suspects, in: walk.mirror)
    let drifted = found.drifted
    walk.suspects = []
    walk.findings.behind += found.behind
    guard !drifted.isEmpty else { return }
    walk.findings.add(drifted)
    if walk.repairs {
      if drifted.contains(where: \.concernsSums) { walk.isSumInDoubt = true }
      walk.findings.repaired += Int64(try await repair.repair(drifted, in: walk.mirror))
    } else {
      walk.drifted.formUnion(drifted.map(\.held.key.user))
    }
  }

  // MARK: From the mirror to the ledger

  private func verifyBoards(_ walk: inout Walk, _ progress: Progress) async throws(VerificationError) {
    let mirror = walk.mirror
    let weight = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.weigh(mirror.pointType, in: mirror.keys)
    }
    let total = weight.members.values.reduce(0, +)
    progress(.boards, 0, total)
    for board in weight.members.keys {
      var cursor: [UInt8]?
      repeat {
        let from = cursor
        let scan = try await mirroring { () throws(MirrorUnavailable) in
          try await boards.scan(board, from: from, count: Self.scanLength, in: mirror.keys)
        }
        cursor = scan.next
        walk.findings.members += scan.looked
        try await judge(scan.strange, &walk)
        let done = walk.findings.members
        progress(.boards, done, max(done, total))
      } while cursor != nil
      if case .slot(let slot) = board { try await verifyScores(of: slot, &walk) }
    }
  }

  /// What dense ranks are counted in. A score that is missing there was found with its account.
  private func verifyScores(of slot: SlotKey, _ walk: inout Walk) async throws(VerificationError) {
    let (mirror, repairs) = (walk.mirror, walk.repairs)
    var cursor: [UInt8]?
    repeat {
      let from = cursor
      let scan = try await mirroring { () throws(MirrorUnavailable) in
        try await boards.scanScores(
          of: slot, from: from, count: Self.scanLength, removing: repairs, in: mirror.keys)
      }
      cursor = scan.next
      guard scan.strange > 0 else { continue }
      walk.findings.add(
        Drift(
          .ghostScore, mirror.pointType, user: nil, board: .slot(slot), expected: "scores that members have",
          found: "\(scan.strange) that none has"))
      walk.findings.repaired += repairs ? 1 : 0
    } while cursor != nil
  }

  private func judge(
    _ members: [StrangeMember], _ walk: inout Walk
  ) async throws(VerificationError) {
    let type = walk.mirror.pointType
    let strange = members.compactMap { member in
      MirrorJudge.drift(of: member, in: type).map { (member: member, drift: $0) }
    }
    guard !strange.isEmpty else { return }
    for (_, drift) in strange { walk.findings.add(drift) }
    guard walk.repairs else { return }
    let ghosts = strange.map { MirrorGhost.member($0.member.board, $0.member.member) }
    _ = try await repair.remove(ghosts, from: walk.mirror)
    // One that is gone already is as good as removed.
    walk.findings.repaired += Int64(ghosts.count)
  }

  /// Walks the hash only if it holds more than the ledger: accounts are never taken away from either.
  private func findGhosts(_ walk: inout Walk) async throws(VerificationError) {
    let mirror = walk.mirror
    let weight = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.weigh(mirror.pointType, in: mirror.keys)
    }
    let missing = walk.repairs ? 0 : walk.findings.drifts.counts[.missing] ?? 0
    guard weight.accounts != walk.findings.accounts - missing else { return }
    var cursor: [UInt8]?
    repeat {
      let from = cursor
      let (users, strange, next) = try await mirroring { () throws(MirrorUnavailable) in
        try await boards.users(from: from, count: Self.scanLength, in: mirror.keys)
      }
      cursor = next
      let keys = users.map { AccountKey(user: $0, pointType: mirror.pointType) }
      let rows = try await examiner.ledger(keys)
      let absent = keys.filter { rows[$0] == nil }
      walk.suspects += absent.map { Suspect($0, revision: 0) }
      try await judge(fields: strange + absent.map { Array($0.user.text.utf8) }, &walk)
      if walk.suspects.count >= Self.suspectsMax { try await lookAgain(&walk) }
    } while cursor != nil
    try await lookAgain(&walk)
  }

  /// What lies under no user id, and what is nothing at all, cannot be looked up as an account.
  private func judge(fields: [[UInt8]], _ walk: inout Walk) async throws(VerificationError) {
    let mirror = walk.mirror
    let contents = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.contents(of: fields, in: mirror.keys)
    }
    var ghosts: [MirrorGhost] = []
    for (field, content) in zip(fields, contents) {
      guard let content else { continue }
      guard content.isEmpty || String(validating: field, as: UTF8.self) == nil else { continue }
      ghosts.append(.account(field, packed: content))
      walk.findings.add(
        Drift(
          .ghostAccount, mirror.pointType, user: UserID(stored: String(decoding: field, as: UTF8.self)),
          expected: "no account", found: "\(content.count) bytes that are no account"))
    }
    guard walk.repairs, !ghosts.isEmpty else { return }
    _ = try await repair.remove(ghosts, from: mirror)
    walk.findings.repaired += Int64(ghosts.count)
  }

  // MARK: Sums

  private func verifySums(_ walk: inout Walk) async throws(VerificationError) {
    guard let sums else { return }
    guard let comparisons = try await sums.compare(walk.mirror, drifted: walk.drifted) else {
      walk.findings.isWithoutSums = true
      return
    }
    for fault in MirrorSums.faults(in: comparisons, of: walk.mirror.pointType) {
      walk.findings.add(fault.drift)
      guard walk.repairs, try await sums.correct(fault, in: walk.mirror) else { continue }
      walk.findings.repaired += 1
    }
  }
}

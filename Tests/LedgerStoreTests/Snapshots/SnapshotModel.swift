// What a snapshot must come to, by the words of its definition and without the database.
import Boards
import Ledger
import LedgerStore

extension AccountsModel {
  /// Who is listed, in order, with ranks.
  func entries(of plan: SnapshotPlan) -> [SnapshotEntry] {
    let listed = members.compactMap { member -> Listed? in
      guard let scored = scored(member, plan), isEligible(member, scored, plan) else { return nil }
      return scored
    }
    .sorted { Self.precedes($0, $1, isAscending: plan.order.isAscending) }
    var entries: [SnapshotEntry] = []
    for (index, one) in listed.enumerated() {
      let better = listed[..<index].filter { $0.score != one.score }
      let rank =
        switch plan.order.style {
        case .competition: better.count + 1
        case .dense: Set(better.map(\.score)).count + 1
        case .ordinal: index + 1
        }
      entries.append(
        SnapshotEntry(
          place: Int32(index + 1), rank: Int32(rank), user: one.user, score: one.score,
          reachedAt: Instant(microseconds: one.reachedAt), version: one.version))
    }
    return entries
  }

  private struct Listed {
    let user: UserID
    let score: Int64
    let reachedAt: Int64
    let version: Int64
    let count: Int64?
  }

  private func scored(_ member: Member, _ plan: SnapshotPlan) -> Listed? {
    let found: (score: Int64, reachedAt: Int64, count: Int64?)? =
      switch plan.board.key {
      case .balance: (member.balance, member.lastAt, nil)
      case .earned: member.earnedAt.map { (member.earned, $0, nil) }
      case .defined: plan.slot.flatMap { member.slots[$0.bits] }.map { ($0.score, $0.reachedAt, $0.count) }
      }
    return found.map {
      Listed(
        user: member.user, score: $0.score, reachedAt: $0.reachedAt, version: member.version, count: $0.count)
    }
  }

  private func isEligible(_ member: Member, _ listed: Listed, _ plan: SnapshotPlan) -> Bool {
    if let least = plan.eligibility.minScore, listed.score < least { return false }
    if let least = plan.eligibility.minCount, let count = listed.count, count < least { return false }
    return !plan.eligibility.enabledOnly || isEnabled(member, at: plan.asOf)
  }

  private func isEnabled(_ member: Member, at instant: Instant?) -> Bool {
    guard let instant else { return member.isEnabled }
    return standings.filter { $0.user == member.user && $0.since < instant.microseconds }
      .max { $0.since < $1.since }?.isEnabled ?? true
  }

  private static func precedes(_ left: Listed, _ right: Listed, isAscending: Bool) -> Bool {
    if left.score != right.score { return (left.score < right.score) == isAscending }
    if left.reachedAt != right.reachedAt { return left.reachedAt < right.reachedAt }
    return Array(left.user.text.utf8).lexicographicallyPrecedes(Array(right.user.text.utf8))
  }
}

extension [SnapshotEntry] {
  /// The digest as it is documented.
  var snapshotDigest: [UInt8] {
    var digests: [UInt8] = []
    for start in stride(from: 0, to: count, by: 1_000) {
      digests += SHA256.digest(of: self[start..<Swift.min(start + 1_000, count)].flatMap(\.bytes))
    }
    return SHA256.digest(of: digests)
  }
}

extension SnapshotEntry {
  fileprivate var bytes: [UInt8] {
    let from2000 = reachedAt.microseconds - 946_684_800_000_000
    let id = Array(user.text.utf8)
    return Self.bytes(rank) + Self.bytes(score) + Self.bytes(from2000) + Self.bytes(Int32(id.count)) + id
  }

  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    stride(from: number.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}

// What a revision must come to: the entries before it, changed, and ranked from nothing.
import Boards
import Ledger
import LedgerStore

enum RevisionModel {
  static func entries(
    from before: [SnapshotEntry], _ corrections: [SnapshotCorrection], of plan: SnapshotPlan
  ) -> [SnapshotEntry] {
    var left: [SnapshotEntry] = []
    for entry in before {
      guard let correction = corrections.first(where: { $0.user == entry.user }) else {
        left.append(entry)
        continue
      }
      guard case .score(let score, let reachedAt) = correction.kind,
        plan.eligibility.minScore.map({ score >= $0 }) ?? true
      else { continue }
      left.append(
        SnapshotEntry(
          place: 1, rank: 1, user: entry.user, score: score, reachedAt: reachedAt ?? entry.reachedAt,
          version: entry.version))
    }
    return ranked(left, plan.order)
  }

  private static func ranked(_ entries: [SnapshotEntry], _ order: BoardOrder) -> [SnapshotEntry] {
    let sorted = entries.sorted { precedes($0, $1, order) }
    return sorted.enumerated().map { index, entry in
      let better = sorted[..<index].filter { $0.score != entry.score }
      let rank =
        switch order.style {
        case .competition: better.count + 1
        case .dense: Set(better.map(\.score)).count + 1
        case .ordinal: index + 1
        }
      return SnapshotEntry(
        place: Int32(index + 1), rank: Int32(rank), user: entry.user, score: entry.score,
        reachedAt: entry.reachedAt, version: entry.version)
    }
  }

  private static func precedes(
    _ left: SnapshotEntry, _ right: SnapshotEntry, _ order: BoardOrder
  ) -> Bool {
    if left.score != right.score { return (left.score < right.score) == order.isAscending }
    if left.reachedAt != right.reachedAt { return left.reachedAt < right.reachedAt }
    return Array(left.user.text.utf8).lexicographicallyPrecedes(Array(right.user.text.utf8))
  }
}

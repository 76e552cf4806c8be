// A score of a stored period that was set by a revision: the ledger explains the one that was counted.
import Ledger
import LedgerStore

struct ExplainedCorrection: Sendable {
  /// The one that did last.
  let fix: SnapshotFix
  let countedScore: Int64
  let countedAt: Instant

  /// Nil for a score that no revision has set. What the original has of the user is nil if it has expired:
  /// then any instant will do at which the score was reached.
  init?(_ fixes: [SnapshotFix], original: SnapshotEntry?) {
    guard let first = fixes.first, let last = fixes.last else { return nil }
    fix = last
    countedScore = original?.score ?? first.change.scoreWas
    countedAt = original?.reachedAt ?? Instant(microseconds: .max)
  }
}

// What is to be mended in a stored result: who is to be out of it, and whose score is to be another.
import Boards
import Cryptography
package import Ledger

package struct SnapshotCorrection: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case disqualified
    /// Nil leaves it as it was when the score was reached, which decides between equals.
    case score(Int64, reachedAt: Instant? = nil)
  }

  /// No score of a board is lower.
  package static let scoreMin = ScoreEncoding.lowestValue

  package let user: UserID
  package let kind: Kind

  package init(_ user: UserID, _ kind: Kind) {
    self.user = user
    self.kind = kind
  }

  /// What it comes to for who has this entry; nil where it changes nothing.
  func change(of entry: SnapshotEntry) -> SnapshotChange? {
    switch kind {
    case .disqualified: return SnapshotChange(user: user, scoreWas: entry.score, fixed: nil)
    case .score(let score, let reachedAt):
      let fixed = SnapshotChange.Fixed(score: score, reachedAt: reachedAt ?? entry.reachedAt)
      guard fixed.score != entry.score || fixed.reachedAt != entry.reachedAt else { return nil }
      return SnapshotChange(user: user, scoreWas: entry.score, fixed: fixed)
    }
  }
}

extension SnapshotID {
  /// The same for whoever makes the same corrections to the same snapshot, in whatever order they are named:
  /// so a repeat finds what the first has made.
  package init(revising before: SnapshotID, by corrections: [SnapshotCorrection]) {
    var builder = DigestBuilder()
    builder.add(Array("points: revision of a snapshot".utf8))
    builder.add(before.bits.high)
    builder.add(before.bits.low)
    for correction in corrections.sorted(by: { $0.user < $1.user }) {
      builder.add(part: correction.user.text.utf8.span)
      switch correction.kind {
      case .disqualified: builder.add(0)
      case .score(let score, nil):
        builder.add(1)
        builder.add(UInt64(bitPattern: score))
      case .score(let score, let reachedAt?):
        builder.add(2)
        builder.add(UInt64(bitPattern: score))
        builder.add(UInt64(bitPattern: reachedAt.microseconds))
      }
    }
    self.init(of: builder.finish())
  }
}

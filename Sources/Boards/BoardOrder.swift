// In which order a board lists its members, and how it numbers them.
package import Ledger

/// What reading a board needs of its definition.
package struct BoardOrder: Sendable, Hashable {
  package var style: RankStyle
  /// Whether the lowest score is the best one.
  package var isAscending: Bool

  package init(style: RankStyle = .competition, isAscending: Bool = false) {
    self.style = style
    self.isAscending = isAscending
  }

  /// By what members are compared: the higher, the better. Scores at the far end of all numbers, which no
  /// mirror can tell from each other, have the same.
  package func merit(of score: Int64) -> Int64 {
    guard isAscending else { return max(score, ScoreEncoding.lowestValue) }
    let (negated, isTooMuch) = Int64(0).subtractingReportingOverflow(score)
    return isTooMuch ? .max : max(negated, ScoreEncoding.lowestValue)
  }

  /// Whether one has a better rank than the other: by the score, and where ranks are ordinal, among equals by
  /// who reached it first, then by the bytes of the id.
  package func ranks(_ one: RankedScore, before other: RankedScore) -> Bool {
    let (merit, otherMerit) = (merit(of: one.score), merit(of: other.score))
    guard merit == otherMerit, style == .ordinal else { return merit > otherMerit }
    return one.reachedAt == other.reachedAt ? one.user < other.user : one.reachedAt < other.reachedAt
  }

  /// How much is missing from one score to a better one; nil if that is none.
  package func missing(from score: Int64, to better: Int64) -> UInt64? {
    guard merit(of: better) > merit(of: score) else { return nil }
    let distance = isAscending ? score &- better : better &- score
    return UInt64(bitPattern: distance)
  }
}

/// What decides who is before whom.
package struct RankedScore: Sendable, Equatable {
  package let user: UserID
  package let score: Int64
  package let reachedAt: Instant

  package init(user: UserID, score: Int64, reachedAt: Instant) {
    self.user = user
    self.score = score
    self.reachedAt = reachedAt
  }
}

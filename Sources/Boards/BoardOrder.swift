// In what order a board lists its members, and how it numbers them.

/// What equal scores do to ranks.
package enum RankStyle: String, Sendable, CaseIterable {
  /// Equals share a rank and the next one skips: 1, 2, 2, 4.
  case competition
  /// Equals share a rank and the next one does not skip: 1, 2, 2, 3.
  case dense
  /// Nobody shares a rank; of equals the earliest is first: 1, 2, 3, 4.
  case ordinal
}

/// What must be known of a board to read it.
package struct BoardOrder: Sendable, Hashable {
  package let style: RankStyle
  /// Whether the lowest score is the best.
  package let isAscending: Bool

  package init(style: RankStyle = .competition, isAscending: Bool = false) {
    self.style = style
    self.isAscending = isAscending
  }
}

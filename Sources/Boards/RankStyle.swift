// How places on a board are numbered where several have the same score.

package enum RankStyle: String, Sendable, CaseIterable {
  /// 1, 2, 2, 4: one more than the members that are strictly better.
  case competition
  /// 1, 2, 2, 3: one more than the better scores that there are.
  case dense
  /// 1, 2, 3, 4: of equal scores, who reached it earlier is before the other.
  case ordinal
}

extension RankStyle {
  /// Ranks of rows that follow each other, by what they are ordered by, the best first. `offset` members are
  /// listed before the first row, and its rank is one more than `before`.
  package func ranks(ofPage merits: [Int64], offset: Int64, before: Int64) -> [Int64] {
    switch self {
    case .competition: CompetitionRanks.ofPage(merits, offset: offset, better: before)
    case .ordinal: merits.indices.map { before + Int64($0) + 1 }
    case .dense: Self.denseRanks(merits, before: before)
    }
  }

  /// Ranks of some members among themselves, in the order in which they were given; who has no merit has no
  /// rank. `isBefore` tells which of two with the same merit is listed first.
  package func ranks(among merits: [Int64?], isBefore: (Int, Int) -> Bool) -> [Int64?] {
    let listed = merits.indices.filter { merits[$0] != nil }.sorted { left, right in
      let (a, b) = (merits[left] ?? 0, merits[right] ?? 0)
      return a == b ? isBefore(left, right) : a > b
    }
    let ranks = ranks(ofPage: listed.map { merits[$0] ?? 0 }, offset: 0, before: 0)
    var result = [Int64?](repeating: nil, count: merits.count)
    for (index, rank) in zip(listed, ranks) { result[index] = rank }
    return result
  }

  private static func denseRanks(_ merits: [Int64], before: Int64) -> [Int64] {
    var ranks: [Int64] = []
    ranks.reserveCapacity(merits.count)
    for (index, merit) in merits.enumerated() {
      let isTie = index > 0 && merit == merits[index - 1]
      ranks.append(isTie ? ranks[index - 1] : (ranks.last ?? before) + 1)
    }
    return ranks
  }
}

// Ties share a rank and the next rank skips: 1, 2, 2, 4. A rank is one more than the number of members that
// are strictly better, so a page needs to know that number for its first row only.

/// The ranks of rows that follow each other on a board.
package enum CompetitionRanks {
  /// Ranks of a page of values, the best first. `offset` members are listed before the page, and `better` of
  /// them are strictly better than its first row.
  package static func ofPage(_ values: [Int64], offset: Int64, better: Int64) -> [Int64] {
    var ranks: [Int64] = []
    ranks.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      if index == 0 {
        ranks.append(better + 1)
      } else if value == values[index - 1] {
        ranks.append(ranks[index - 1])
      } else {
        ranks.append(offset + Int64(index) + 1)
      }
    }
    return ranks
  }

  /// Ranks of values among themselves, in the order in which they were given; who has no value has no rank.
  package static func among(_ values: [Int64?]) -> [Int64?] {
    let present = values.indices.filter { values[$0] != nil }
    let sorted = present.sorted { (values[$0] ?? 0) > (values[$1] ?? 0) }
    let ranks = ofPage(sorted.map { values[$0] ?? 0 }, offset: 0, better: 0)
    var result = [Int64?](repeating: nil, count: values.count)
    for (index, rank) in zip(sorted, ranks) { result[index] = rank }
    return result
  }
}

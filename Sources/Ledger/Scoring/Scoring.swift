// One entry moves all the boards it counts on, in memory, while its account is locked. A score that leaves
// what a mirror can order stays at the bound: a board never refuses what the ledger accepts.

extension BoardSlots {
  /// The lowest score there is: half of what an Int64 holds below zero has no place in a sorted set.
  package static let lowestScore: Int64 = -4_607_182_418_800_017_408

  /// Counts an entry on each of these boards. Of the best credits `best` tells what is left of them when one
  /// is taken back, because no slot remembers the second best.
  package mutating func count(
    _ entry: BoardEntry, on boards: [ScoredBoard], best: (SlotKey) -> Int64?
  ) {
    for board in boards {
      guard board.filter.matches(kind: entry.original.kind, category: entry.original.category),
        let worth = board.metric.worth(of: entry), let period = board.period(of: entry)
      else { continue }
      let key = SlotKey(board: board.number, period: period.number)
      var slot = self[key] ?? BoardSlot(key: key, score: 0, reachedAt: entry.createdAt, count: 0)
      slot.count += entry.countChange
      let score: Int64
      switch (board.metric, entry.isReversal) {
      case (.best, false): score = Swift.max(slot.score, worth)
      case (.best, true): score = best(key) ?? 0
      case (.earned, _), (.spent, _), (.net, _), (.count, _): score = Self.sum(slot.score, worth)
      }
      if score != slot.score {
        slot.score = score
        slot.reachedAt = entry.createdAt
      }
      self[key] = slot
    }
  }

  /// Leaves out the slots of periods that take nothing any more and are stored.
  package mutating func keep(of boards: [ScoredBoard]) {
    guard !isEmpty else { return }
    keep { key in boards.contains { $0.number == key.board && $0.hasPeriod(key.period) } }
  }

  private static func sum(_ score: Int64, _ change: Int64) -> Int64 {
    let (sum, overflows) = score.addingReportingOverflow(change)
    return overflows ? (change < 0 ? lowestScore : .max) : Swift.max(sum, lowestScore)
  }
}

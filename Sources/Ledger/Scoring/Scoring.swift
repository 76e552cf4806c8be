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
    // Most boards are passed over, and looked at in place: a copy of one counts its references up and down.
    for index in boards.indices
    where boards[index].filter.matches(kind: entry.original.kind, category: entry.original.category) {
      let board = boards[index]
      guard let worth = board.metric.worth(of: entry), let period = board.period(of: entry)
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
    // Slots are in the order of boards, as boards are, so the next one is nearly always found at once; but
    // whatever the order is, all are looked at before a slot goes.
    var place = 0
    keep { key in
      for _ in boards.indices {
        if boards[place].number == key.board { return boards[place].hasPeriod(key.period) }
        place = place + 1 < boards.count ? place + 1 : 0
      }
      return false
    }
  }

  private static func sum(_ score: Int64, _ change: Int64) -> Int64 {
    let (sum, overflows) = score.addingReportingOverflow(change)
    return overflows ? (change < 0 ? lowestScore : .max) : Swift.max(sum, lowestScore)
  }
}

// What slots should be, worked out from all transactions from the beginning and without any state: slowly,
// and in other words than the ledger's own.
package import Ledger

package struct SlotModel {
  let boards: [ScoredBoard]
  /// Of one account, in order.
  let history: [Transaction]

  package init(boards: [ScoredBoard], history: [Transaction]) {
    (self.boards, self.history) = (boards, history)
  }

  /// The slots of all periods that are not settled.
  package var slots: BoardSlots {
    var found: [BoardSlot] = []
    for board in boards {
      for period in board.periods where !period.isSettled {
        if let slot = slot(of: board, period) { found.append(slot) }
      }
    }
    return BoardSlots(found)
  }

  private func slot(of board: ScoredBoard, _ period: ScoredBoard.Period) -> BoardSlot? {
    let counted = history.indices.filter { counts(history[$0], at: $0, on: board, period) }
    guard let first = counted.first else { return nil }
    var score = Int64(0)
    var reachedAt = history[first].createdAt
    for end in counted {
      let value = value(of: board.metric, counted.filter { $0 <= end })
      if value != score {
        score = value
        reachedAt = history[end].createdAt
      }
    }
    // An entry is taken back wholly by the reversal that leaves nothing of it. Where that one does not count,
    // because the period took nothing any more, the entry stays counted.
    let key = SlotKey(board: board.number, period: period.number)
    let kept = counted.filter { history[$0].reverses == nil && !counted.contains(completion(of: $0) ?? -1) }
    return BoardSlot(key: key, score: score, reachedAt: reachedAt, count: Int64(kept.count))
  }

  /// Where in the history nothing is left of an entry any more.
  private func completion(of place: Int) -> Int? {
    var left = history[place].amount
    for later in history.indices where history[later].reverses == history[place].id {
      left -= history[later].amount
      if left == 0 { return later }
    }
    return nil
  }

  private func value(of metric: BoardMetric, _ places: [Int]) -> Int64 {
    let entries = places.map { history[$0] }
    switch metric {
    case .earned: return places.reduce(0) { $0 + earned(at: $1) }
    case .spent: return places.reduce(0) { $0 + spent(at: $1) }
    case .net: return entries.reduce(0) { $0 + ($1.direction == .credit ? $1.amount : -$1.amount) }
    case .best:
      return entries.filter { $0.reverses == nil }.map { credit in
        entries.filter { $0.reverses == credit.id }.reduce(credit.amount) { $0 - $1.amount }
      }.max() ?? 0
    case .count:
      return Int64(
        entries.filter { $0.reverses == nil }.filter { one in
          entries.filter { $0.reverses == one.id }.reduce(one.amount) { $0 - $1.amount } > 0
        }.count)
    }
  }

  private func earned(at place: Int) -> Int64 {
    history[place].totalEarned - (place > 0 ? history[place - 1].totalEarned : 0)
  }

  private func spent(at place: Int) -> Int64 {
    history[place].totalSpent - (place > 0 ? history[place - 1].totalSpent : 0)
  }

  // MARK: Where an entry counts

  private func counts(
    _ entry: Transaction, at place: Int, on board: ScoredBoard, _ period: ScoredBoard.Period
  ) -> Bool {
    let source = entry.reverses.flatMap { id in history.first { $0.id == id } } ?? entry
    guard passes(source, board.filter), matters(entry, at: place, source, to: board.metric) else {
      return false
    }
    guard home(of: source, on: board)?.number == period.number else { return false }
    // What users began with was earned in no period.
    guard source.kind != .genesis || period.start.microseconds == .min else { return false }
    return entry.reverses == nil || isTaken(entry.createdAt, by: period, board.grace)
  }

  private func matters(
    _ entry: Transaction, at place: Int, _ source: Transaction, to metric: BoardMetric
  ) -> Bool {
    switch metric {
    case .earned: earned(at: place) != 0
    case .spent: spent(at: place) != 0
    case .net, .count: true
    case .best: source.direction == .credit && ![.refund, .adjustment, .penalty].contains(source.kind)
    }
  }

  private func passes(_ entry: Transaction, _ filter: EntryFilter) -> Bool {
    guard filter.countsRewards || entry.kind.text != "distribution" else { return false }
    let category = entry.details.category
    switch filter.categories {
    case .all: return true
    case .only(let names): return names.contains { isSame($0, category) }
    case .except(let names): return !names.contains { isSame($0, category) }
    }
  }

  private func isSame(_ name: String, _ category: String?) -> Bool {
    category.map { Array($0.utf8) == Array(name.utf8) } ?? false
  }

  private func home(of entry: Transaction, on board: ScoredBoard) -> ScoredBoard.Period? {
    func containing(_ instant: Instant) -> ScoredBoard.Period? {
      board.periods.first { ($0.start.microseconds..<$0.end.microseconds).contains(instant.microseconds) }
    }
    let happened = min(entry.occurredAt, entry.createdAt)
    if let there = containing(happened), isTaken(entry.createdAt, by: there, board.grace) { return there }
    return containing(entry.createdAt)
  }

  private func isTaken(_ instant: Instant, by period: ScoredBoard.Period, _ grace: Int64) -> Bool {
    period.end.microseconds == .max || instant.microseconds - grace < period.end.microseconds
  }
}

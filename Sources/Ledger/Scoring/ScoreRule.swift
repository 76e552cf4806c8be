// How a score is made of transactions, for whoever is to see which ones those are. What is decided with each
// posting, and folded by those who fill boards, is here asked of single transactions of the past.

/// A transaction of the past, with what was taken back.
package struct ScoringEntry: Sendable {
  package let past: PastEntry
  /// Of a reversal: how much of its original was taken back up to it and with it. Of any other: how much of
  /// it was taken back.
  package let reversed: Int64

  package init(_ past: PastEntry, reversed: Int64) {
    self.past = past
    self.reversed = reversed
  }
}

/// What a transaction does to a score, and to the number of transactions that count.
package struct Contribution: Sendable, Equatable {
  package let score: Int64
  package let count: Int64

  package init(score: Int64, count: Int64) {
    self.score = score
    self.count = count
  }
}

/// What is added up: what users have, what they ever earned, or what counts in a period of a defined board.
package enum ScoreRule: Sendable, Equatable {
  case balance
  case earned
  case period(ScoredBoard, ScoredBoard.Period)

  /// Nil for what does not count. A best credit is not a sum: of such a board it is what a transaction did to
  /// the one credit that it made or took back.
  package func contribution(of entry: ScoringEntry) -> Contribution? {
    let past = entry.past
    switch self {
    case .balance:
      return Contribution(score: past.direction == .credit ? past.amount : -past.amount, count: 1)
    case .earned:
      return past.earned == 0 ? nil : Contribution(score: past.earned, count: 1)
    case .period(let board, let period):
      let counted = BoardEntry(past, reversed: entry.reversed)
      guard board.filter.matches(kind: counted.original.kind, category: counted.original.category),
        let worth = board.metric.worth(of: counted), board.period(of: counted)?.number == period.number
      else { return nil }
      let isTakenFromBest = board.metric == .best && counted.isReversal
      return Contribution(score: isTakenFromBest ? -worth : worth, count: counted.countChange)
    }
  }

  /// Whether the score is that of one credit.
  package var isOfBest: Bool {
    if case .period(let board, _) = self { board.metric == .best } else { false }
  }

  /// Nothing counts that was written down before.
  package var begin: Instant {
    if case .period(_, let period) = self { period.start } else { Instant(microseconds: .min) }
  }

  /// Nothing counts any more that is written down from here on.
  package var end: Instant {
    guard case .period(let board, let period) = self else { return Instant(microseconds: .max) }
    let (end, isForEver) = period.end.microseconds.addingReportingOverflow(board.grace)
    return Instant(microseconds: isForEver ? .max : end)
  }
}

extension BoardEntry {
  /// `reversed` is how much of an original was taken back up to this reversal and with it.
  init(_ past: PastEntry, reversed: Int64) {
    guard let original = past.original else {
      let source = Source(
        direction: past.direction, kind: past.kind, category: past.category, earned: past.earned,
        occurredAt: past.occurredAt, createdAt: past.createdAt)
      self.init(source, amount: past.amount, spent: past.spent)
      return
    }
    self.init(
      reversing: original.source, amount: past.amount, earned: past.earned, spent: past.spent,
      wholly: reversed == original.amount, createdAt: past.createdAt)
  }
}

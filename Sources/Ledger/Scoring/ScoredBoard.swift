// A board as the ledger scores it: what counts, how, and when its periods are. Who names, orders and shows
// boards knows more of them; this is what is decided under the lock of an account.

package struct ScoredBoard: Sendable, Equatable {
  /// A stretch of time that is counted by itself.
  package struct Period: Sendable, Equatable {
    package let number: Int32
    package let start: Instant
    /// The first instant that is no longer in it.
    package let end: Instant
    /// Whether it is stored: it takes nothing, but what counted in it does not count elsewhere.
    package let isSettled: Bool

    package init(number: Int32, start: Instant, end: Instant, isSettled: Bool = false) {
      self.number = number
      self.start = start
      self.end = end
      self.isSettled = isSettled
    }

    /// What users began with was not earned in any period, though it was written down in one.
    func takes(_ kind: Kind) -> Bool { kind != .genesis || start.microseconds == .min }
  }

  package let number: Int32
  package let metric: BoardMetric
  package let filter: EntryFilter
  /// For how many microseconds after its end a period takes what happened before it.
  package let grace: Int64
  /// In order, none reaching into another; all time is one from the first instant to the last.
  package let periods: [Period]
  /// From here on its periods are not laid down yet. Nothing may be decided then before they are.
  package let laidDownUntil: Instant

  package init(
    number: Int32, metric: BoardMetric, filter: EntryFilter, grace: Int64 = 0, periods: [Period],
    laidDownUntil: Instant
  ) {
    self.number = number
    self.metric = metric
    self.filter = filter
    self.grace = grace
    self.periods = periods
    self.laidDownUntil = laidDownUntil
  }

  /// In which period something counts that happened then and was written down at that instant: where it
  /// happened, if that was before and that period still takes it, else where it was written.
  package func period(occurredAt: Instant, createdAt: Instant) -> Period? {
    if occurredAt < createdAt, let period = period(containing: occurredAt), takes(createdAt, period) {
      return period
    }
    return period(containing: createdAt)
  }

  /// In which period an entry counts, if in any.
  package func period(of entry: BoardEntry) -> Period? {
    let original = entry.original
    guard let period = period(occurredAt: original.occurredAt, createdAt: original.createdAt),
      period.takes(original.kind),
      !period.isSettled, !entry.isReversal || takes(entry.createdAt, period)
    else { return nil }
    return period
  }

  /// In which period a credit may be the best one.
  package func period(ofBest source: BoardEntry.Source) -> Period? {
    guard metric == .best, source.direction == .credit, source.earned > 0,
      filter.matches(kind: source.kind, category: source.category),
      let period = period(occurredAt: source.occurredAt, createdAt: source.createdAt), !period.isSettled,
      period.takes(source.kind)
    else { return nil }
    return period
  }

  package func hasPeriod(_ number: Int32) -> Bool {
    periods.contains { $0.number == number && !$0.isSettled }
  }

  private func takes(_ instant: Instant, _ period: Period) -> Bool {
    let (end, isForEver) = period.end.microseconds.addingReportingOverflow(grace)
    return isForEver || instant.microseconds < end
  }

  /// The newest are last, and nearly always meant.
  private func period(containing instant: Instant) -> Period? {
    periods.last { $0.start <= instant && instant < $0.end }
  }
}

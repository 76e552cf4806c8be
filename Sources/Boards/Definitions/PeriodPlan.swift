// Which periods a board gets next. They are laid down as rows some time before they begin, and from then on
// the rows count, so that no two processes, and no two editions of the rules of time zones, ever differ about
// where a period ends.
package import Calendar
package import Ledger

package enum PeriodPlan {
  /// How many periods there are beyond the present one.
  package static let ahead = 8
  /// More than this are not laid down at once, however long nothing ran.
  static let most = 4_000

  /// The periods that follow those there are, up to some beyond the one of now. Nil where that cannot be
  /// told: the board's zone has no further periods.
  package static func following(
    _ periods: [BoardPeriod], of rule: PeriodRule, in zone: TimeZone, at now: Instant
  ) -> [BoardPeriod]? {
    guard rule != .seasons else { return [] }
    var laid: [BoardPeriod] = []
    var last = periods.last
    var future = periods.count { $0.start > now }
    while future < ahead, laid.count < most {
      guard let next = next(after: last, of: rule, in: zone, at: now) else {
        return rule == .allTime && last != nil ? laid : nil
      }
      laid.append(next)
      last = next
      if next.start > now { future += 1 }
    }
    return laid
  }

  /// The first one is that of now. A period that was closed early or extended is followed at once by what is
  /// left of the regular one in which it ends.
  private static func next(
    after last: BoardPeriod?, of rule: PeriodRule, in zone: TimeZone, at now: Instant
  ) -> BoardPeriod? {
    guard let last else {
      return rule.period(containing: now.microseconds, in: zone).map { BoardPeriod($0) }
    }
    guard var regular = rule.period(containing: last.end.microseconds, in: zone) else { return nil }
    // More than one where what was closed early had begun early as well.
    while regular.index <= last.number {
      guard let after = rule.period(after: regular, in: zone) else { return nil }
      regular = after
    }
    return BoardPeriod(
      number: regular.index, label: regular.label, start: last.end,
      end: Instant(microseconds: regular.end))
  }
}

extension BoardPeriod {
  init(_ period: Period) {
    self.init(
      number: period.index, label: period.label, start: Instant(microseconds: period.start),
      end: Instant(microseconds: period.end))
  }
}

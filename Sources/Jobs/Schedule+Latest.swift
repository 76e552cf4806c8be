// What was missed: of all the instants that passed while nobody looked, the last one. The others are not made
// up for, since what was to be looked at then is not there any more.
package import Ledger

extension Schedule {
  /// The last instant at which it was due by now; `first` is one of them. Looks back from now in steps that
  /// grow, so that a year that was missed costs no more than a day.
  package func latest(from first: Instant, through now: Instant) -> Instant {
    var span: Int64 = 60_000_000
    while now.microseconds - span > first.microseconds {
      let start = Instant(microseconds: now.microseconds - span)
      if let due = next(after: start), due <= now { return last(from: due, through: now) }
      span *= 64
    }
    return last(from: first, through: now)
  }

  private func last(from first: Instant, through now: Instant) -> Instant {
    var latest = first
    while let due = next(after: latest), due <= now { latest = due }
    return latest
  }
}

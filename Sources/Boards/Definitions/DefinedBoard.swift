// A board together with its periods that are not stored yet: all that is needed to count, show and close it.
import Calendar
package import Ledger

package struct DefinedBoard: Sendable, Equatable {
  package var definition: BoardDefinition
  /// In order; also those stored already to which something that is counted now may still belong.
  package var periods: [BoardPeriod]

  package init(_ definition: BoardDefinition, periods: [BoardPeriod]) {
    self.definition = definition
    self.periods = periods
  }

  /// The period that an instant lies in.
  package func period(at instant: Instant) -> BoardPeriod? {
    periods.last { $0.start <= instant && instant < $0.end }
  }

  /// Nil for one on which nothing counts.
  package var scored: ScoredBoard? {
    guard definition.state == .filling || definition.state == .ready else { return nil }
    let traits = definition.traits
    return ScoredBoard(
      number: definition.number, metric: traits.metric, filter: traits.filter,
      grace: traits.graceSeconds * 1_000_000, periods: periods.map(\.scored), laidDownUntil: laidDownUntil)
  }

  /// What a mirror needs of it; of the periods that are stored it shows none. Between two seasons that is all
  /// there were.
  package var live: LiveBoard {
    let first = periods.first(where: \.isUnsettled)?.number ?? periods.last.map { $0.number + 1 }
    return LiveBoard(
      number: definition.number, order: definition.traits.order, eligibility: definition.traits.eligibility,
      firstPeriod: first ?? .min)
  }

  /// Whether nothing that happens now could be counted.
  package func isOutrun(at now: Instant) -> Bool { laidDownUntil <= now }

  /// Whether few of the periods to come are laid down; or it could not be told what they are.
  package func needsPeriods(at now: Instant) -> Bool {
    switch definition.traits.rule {
    case .allTime, .seasons: definition.state == .stopped
    case .daily, .weekly, .monthly:
      definition.state == .stopped || periods.count { $0.start > now } < PeriodPlan.ahead / 2
    }
  }

  /// Until when it is settled what its periods are; seasons are what somebody says they are.
  package var laidDownUntil: Instant {
    definition.traits.rule == .seasons
      ? Instant(microseconds: .max) : periods.last?.end ?? Instant(microseconds: .min)
  }
}

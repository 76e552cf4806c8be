// What a board is, as whoever defines it says. Once entries count on it only its display name and description
// change: a score must mean the same from a period's first entry to its last.
package import Calendar
package import Ledger

package struct BoardTraits: Sendable, Equatable {
  package static let displayNameBytesMax = 256
  package static let descriptionBytesMax = 4096
  package static let categoriesMax = 64
  package static let graceSecondsMax: Int64 = 604_800

  package var displayName: String
  package var description: String?
  package var metric: BoardMetric
  package var filter: EntryFilter
  package var rule: PeriodRule
  /// In which periods begin at midnight.
  package var timeZone: String
  /// For how long after its end a period takes what happened before it.
  package var graceSeconds: Int64
  package var order: BoardOrder
  package var eligibility: Eligibility

  package init(
    displayName: String, description: String? = nil, metric: BoardMetric, filter: EntryFilter = EntryFilter(),
    rule: PeriodRule = .allTime, timeZone: String = "UTC", graceSeconds: Int64 = 0,
    order: BoardOrder = BoardOrder(), eligibility: Eligibility = Eligibility()
  ) {
    self.displayName = displayName
    self.description = description
    self.metric = metric
    self.filter = filter
    self.rule = rule
    self.timeZone = timeZone
    self.graceSeconds = graceSeconds
    self.order = order
    self.eligibility = eligibility
  }
  /// The same for one category; an empty one means for all.
  package func of(_ category: String) -> BoardTraits {
    guard !category.isEmpty else { return self }
    var traits = self
    traits.filter.categories = .only([category])
    return traits
  }
}

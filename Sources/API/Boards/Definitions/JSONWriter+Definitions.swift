// Boards and their periods as callers read them.
import Boards
import Calendar
import JSON
import Ledger
import LedgerStore

extension JSONWriter {
  mutating func board(_ board: DefinedBoard, typeName: String) {
    let (definition, traits) = (board.definition, board.definition.traits)
    object {
      $0.field("id", definition.id)
      $0.field("name", definition.name)
      $0.field("category", orNull: definition.category.isEmpty ? nil : definition.category)
      $0.field("pointType", typeName)
      $0.field("displayName", traits.displayName)
      $0.field("description", orNull: traits.description)
      $0.field("metric", traits.metric.rawValue)
      $0.texts("categories", orNull: traits.filter.categories.included)
      $0.texts("exceptCategories", orNull: traits.filter.categories.excluded)
      $0.field("countRewards", traits.filter.countsRewards)
      $0.field("period", PeriodWord(traits.rule).rawValue)
      $0.field("firstDay", orNull: traits.rule.firstDay.map { DayWord($0).rawValue })
      $0.field("timeZone", traits.timeZone)
      $0.field("graceSeconds", traits.graceSeconds)
      $0.field("rankStyle", traits.order.style.rawValue)
      $0.field("direction", (traits.order.isAscending ? BoardDirection.ascending : .descending).rawValue)
      $0.field("minScore", orNull: traits.eligibility.minScore)
      $0.field("minCount", orNull: traits.eligibility.minCount)
      $0.field("enabledOnly", traits.eligibility.enabledOnly)
      $0.field("state", definition.state.rawValue)
      $0.field("createdAt", definition.createdAt)
      $0.field("updatedAt", definition.updatedAt)
    }
  }

  mutating func period(_ period: BoardPeriod) {
    object {
      $0.field("label", period.label)
      $0.field("startsAt", orNull: period.start.microseconds == .min ? nil : period.start)
      $0.field("endsAt", orNull: period.end.microseconds == .max ? nil : period.end)
      $0.field("state", period.state.rawValue)
      $0.field("reason", orNull: period.reason)
      $0.field("closedAt", orNull: period.closedAt)
      $0.field("frozenAt", orNull: period.frozenAt)
      $0.field("snapshotId", orNull: period.snapshot)
    }
  }

  private mutating func texts(_ name: StaticString, orNull texts: [String]?) {
    guard let texts else {
      key(name)
      return null()
    }
    arrayField(name) { for text in texts { $0.string(text) } }
  }
}

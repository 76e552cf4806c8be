// What is noted of boards and their periods.
import Boards
import Ledger

extension AuditNote {
  static func defined(_ board: BoardDefinition, by actor: Actor) -> AuditNote {
    let traits = board.traits
    var changes = [
      Change("displayName", to: traits.displayName), Change("description", to: traits.description),
      Change("metric", to: traits.metric.rawValue), Change("period", to: traits.rule.word),
      Change("timeZone", to: traits.timeZone), Change("graceSeconds", to: "\(traits.graceSeconds)"),
      Change("rankStyle", to: traits.order.style.rawValue),
      Change("direction", to: traits.order.isAscending ? "ascending" : "descending"),
      Change("minScore", to: traits.eligibility.minScore.map(String.init)),
      Change("minCount", to: traits.eligibility.minCount.map(String.init)),
      Change("enabledOnly", to: "\(traits.eligibility.enabledOnly)"),
      Change("countRewards", to: "\(traits.filter.countsRewards)"),
    ]
    switch traits.filter.categories {
    case .all: break
    case .only(let names): changes.append(Change("categories", to: names.joined(separator: ", ")))
    case .except(let names): changes.append(Change("exceptCategories", to: names.joined(separator: ", ")))
    }
    return AuditNote(actor, .boardDefined, of: board, changes)
  }

  static func renamed(_ before: BoardDefinition, to board: BoardDefinition, by actor: Actor) -> AuditNote {
    let (was, became) = (before.traits, board.traits)
    return AuditNote(
      actor, .boardRenamed, of: board,
      [
        Change("displayName", from: was.displayName, to: became.displayName),
        Change("description", from: was.description, to: became.description),
      ])
  }

  static func removed(_ board: BoardDefinition, by actor: Actor) -> AuditNote {
    AuditNote(actor, .boardRemoved, of: board)
  }

  static func announced(_ period: BoardPeriod, on board: BoardDefinition, by actor: Actor) -> AuditNote {
    AuditNote(
      actor, .seasonAnnounced, of: board,
      [
        Change("label", to: period.label), Change("startsAt", to: period.start.rfc3339),
        Change("endsAt", to: period.end.rfc3339),
      ])
  }

  /// Which period it was stays in the name: its label does not change.
  static func moved(
    _ before: BoardPeriod, to period: BoardPeriod, of board: BoardDefinition, by actor: Actor
  ) -> AuditNote {
    AuditNote(
      actor, period.end < before.end ? .periodShortened : .periodExtended, of: board, label: period.label,
      [Change("endsAt", from: before.end.rfc3339, to: period.end.rfc3339)])
  }

  private init(
    _ actor: Actor, _ action: Action, of board: BoardDefinition, label: String? = nil,
    _ changes: [Change] = []
  ) {
    let parts = [board.name] + (board.category.isEmpty ? [] : [board.category]) + (label.map { [$0] } ?? [])
    self.init(
      actor, action, subject: board.id.description, name: parts.joined(separator: "/"), changes)
  }
}

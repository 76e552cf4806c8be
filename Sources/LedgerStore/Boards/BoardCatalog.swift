// The boards of one generation of the definitions, arranged for those who look them up.
package import Boards
package import Ledger

package struct BoardCatalog: Sendable {
  /// In the order of their numbers.
  package let all: [DefinedBoard]
  /// On which entries are counted.
  package let scored: [PointTypeID: [ScoredBoard]]
  /// Which mirrors show.
  package let live: [PointTypeID: [LiveBoard]]
  /// No board, present or removed, had a higher number.
  package let highest: Int32
  private let byName: [String: [DefinedBoard]]

  package init() {
    self.init([], periods: [], highest: 0)
  }

  init(_ definitions: [BoardDefinition], periods: [PeriodOfBoard], highest: Int32) {
    self.highest = highest
    let periods = Dictionary(grouping: periods, by: \.board)
    let all = definitions.map { DefinedBoard($0, periods: (periods[$0.id] ?? []).map(\.period)) }
    self.all = all
    byName = Dictionary(grouping: all, by: \.definition.name)
    let counting = all.filter { $0.scored != nil }
    scored = Dictionary(grouping: counting, by: \.definition.pointType).mapValues { $0.compactMap(\.scored) }
    live = Dictionary(grouping: counting, by: \.definition.pointType).mapValues { $0.map(\.live) }
  }

  /// By name or by id. Of a board that has one for each category, the one for this category.
  package func board(_ nameOrID: String, category: String = "") -> DefinedBoard? {
    if let named = byName[nameOrID]?.first(where: { $0.definition.category == category }) { return named }
    guard let id = BoardID(text: nameOrID), let found = board(id) else { return nil }
    return category.isEmpty || found.definition.category == category
      ? found : board(found.definition.name, category: category)
  }

  package func board(_ id: BoardID) -> DefinedBoard? { all.first { $0.definition.id == id } }

  /// The boards of these types whose periods are not laid down far enough to decide anything at this instant.
  func outrun(at now: Instant, of types: Set<PointTypeID>) -> Bool {
    types.contains { type in scored[type]?.contains { $0.laidDownUntil <= now } ?? false }
  }
}

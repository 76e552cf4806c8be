// Sees to it that every board has its periods laid down some way ahead. A board whose time zone this machine
// does not know is stopped rather than counted wrongly, and filled again once it is known: no board ever
// holds up the ledger.
import Boards
package import Calendar
import Ledger
package import PostgresClient

/// One worker's keeper of periods; used on its loop only.
package struct PeriodKeeper: Sendable {
  private let definitions: Definitions
  private let zones: TimeZoneFiles

  package init(pool: PostgresPool, catalog: PointTypeCatalog, zones: TimeZoneFiles) {
    definitions = Definitions(pool: pool, catalog: catalog)
    self.zones = zones
  }

  /// Lays down what is missing, if there is anything; looks at what is known first, which costs little.
  @discardableResult
  package func keepAhead() async throws(PostgresError) -> Int {
    let catalog = definitions.catalog
    try await catalog.refresh(from: definitions.pool)
    guard let now = try await definitions.pool.first(ReadClock())?.now else { throw .unexpectedRowCount(0) }
    let needy = catalog.boards.all.contains { board in
      board.needsPeriods(at: now) && zone(of: board.definition) != nil || board.isOutrun(at: now)
    }
    return needy ? try await layDown() : 0
  }

  /// Lays down what is missing; answers how many periods that were. Repeats do nothing.
  @discardableResult
  package func layDown() async throws(PostgresError) -> Int {
    try await definitions.change { transaction throws(PostgresError) in
      let (clock, boards, latest) = try await transaction.pipeline(
        ReadClock(), ReadBoards(), ReadLatestPeriods(limit: Int64(PeriodPlan.ahead) + 1))
      guard let now = clock.first?.now else { throw .unexpectedRowCount(0) }
      let known = Dictionary(grouping: latest, by: \.board)
      var laid: [PeriodOfBoard] = []
      var states: [BoardDefinition.State: [BoardID]] = [:]
      for board in boards {
        let present = DefinedBoard(board, periods: (known[board.id] ?? []).map(\.period))
        if let periods = following(present.periods, of: board, at: now) {
          if board.state == .stopped { states[.filling, default: []].append(board.id) }
          laid += periods.map { PeriodOfBoard(board: board.id, period: $0) }
        } else if board.state != .stopped, present.isOutrun(at: now) {
          states[.stopped, default: []].append(board.id)
        }
      }
      if !laid.isEmpty { _ = try await transaction.query(InsertPeriods(periods: laid)) }
      for (state, ids) in states {
        _ = try await transaction.query(SetBoardState(boards: ids, state: state))
      }
      return laid.isEmpty && states.isEmpty ? .nothing(0) : .made(laid.count)
    }
  }

  /// Nil where they cannot be told.
  func following(_ latest: [BoardPeriod], of board: BoardDefinition, at now: Instant) -> [BoardPeriod]? {
    guard let zone = zone(of: board) else { return nil }
    return PeriodPlan.following(latest, of: board.traits.rule, in: zone, at: now)
  }

  private func zone(of board: BoardDefinition) -> TimeZone? {
    switch board.traits.rule {
    case .allTime, .seasons: .universal
    case .daily, .weekly, .monthly: try? zones.zone(named: board.traits.timeZone)
    }
  }
}

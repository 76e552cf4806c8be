// Boards as admins define them. A new one whose type has accounts is filled from the ledger before it is
// read; entries count on it from the moment its definition stands.
package import Boards
package import Calendar
package import Ledger
package import PostgresClient

/// One worker's way to define boards; used on its loop only.
package struct BoardRegistry: Sendable {
  /// How many boards a type may have: as many places as one row of an account holds without being stored
  /// apart.
  package static let boardsMax = 64

  let definitions: Definitions
  let keeper: PeriodKeeper
  let zones: TimeZoneFiles
  /// Who decides.
  let actor: Actor

  package init(
    pool: PostgresPool, catalog: PointTypeCatalog, zones: TimeZoneFiles, actor: Actor = .configuration
  ) {
    definitions = Definitions(pool: pool, catalog: catalog)
    keeper = PeriodKeeper(pool: pool, catalog: catalog, zones: zones)
    self.zones = zones
    self.actor = actor
  }

  private init(_ registry: BoardRegistry, actor: Actor) {
    (definitions, keeper, zones) = (registry.definitions, registry.keeper, registry.zones)
    self.actor = actor
  }

  /// The same, in somebody's name.
  package func acting(for actor: Actor) -> BoardRegistry { BoardRegistry(self, actor: actor) }

  /// Defines a board, and one like it for each of the categories.
  package func create(
    _ name: String, of pointType: PointTypeID, _ traits: BoardTraits, categories: [String] = [],
    seasons: [Season] = []
  ) async throws(PostgresError) -> BoardCreation {
    guard (try? zones.zone(named: traits.timeZone)) != nil else { return .unknownZone }
    guard let seasons = Self.periods(of: seasons) else { return .overlappingSeasons }
    return try await definitions.change { transaction throws(PostgresError) in
      let (clock, present) = try await transaction.pipeline(ReadClock(), ReadBoards())
      guard let now = clock.first?.now else { throw .unexpectedRowCount(0) }
      guard !present.contains(where: { $0.name == name }) else { return .nothing(.nameTaken) }
      guard present.count(where: { $0.pointType == pointType }) + 1 + categories.count <= Self.boardsMax
      else {
        return .nothing(.tooMany)
      }
      var created: [DefinedBoard] = []
      for category in [""] + categories {
        let insert = InsertBoard(
          id: BoardID(UUIDBits.random()), pointType: pointType, name: name, category: category,
          traits: traits.of(category))
        guard let board = try await transaction.first(insert) else {
          return .nothing(.typeGone)
        }
        guard let periods = traits.rule == .seasons ? seasons : keeper.following([], of: board, at: now)
        else {
          return .nothing(.unknownZone)
        }
        let rows = periods.map { PeriodOfBoard(board: board.id, period: $0) }
        _ = try await transaction.query(InsertPeriods(periods: rows))
        created.append(DefinedBoard(board, periods: periods))
      }
      return .made(.created(created), noting: created.map { .defined($0.definition, by: actor) })
    }
  }

  /// Sees to it that there is a board of this name for each of the categories; answers how many were defined.
  package func complete(
    _ name: String, of pointType: PointTypeID, _ traits: BoardTraits, categories: [String]
  ) async throws(PostgresError) -> Int {
    let known = definitions.catalog.boards
    guard categories.contains(where: { known.board(name, category: $0) == nil }),
      known.all.count(where: { $0.definition.pointType == pointType }) < Self.boardsMax
    else { return 0 }
    return try await definitions.change { transaction throws(PostgresError) in
      let (clock, present) = try await transaction.pipeline(ReadClock(), ReadBoards())
      guard let now = clock.first?.now else { throw .unexpectedRowCount(0) }
      let missing = categories.filter { category in
        !present.contains { $0.name == name && $0.category.utf8.elementsEqual(category.utf8) }
      }
      let room = Self.boardsMax - present.count { $0.pointType == pointType }
      var notes: [AuditNote] = []
      for category in missing.prefix(max(0, room)) {
        let insert = InsertBoard(
          id: BoardID(UUIDBits.random()), pointType: pointType, name: name, category: category,
          traits: traits.of(category))
        guard let board = try await transaction.first(insert) else { continue }
        let rows = (keeper.following([], of: board, at: now) ?? []).map {
          PeriodOfBoard(board: board.id, period: $0)
        }
        _ = try await transaction.query(InsertPeriods(periods: rows))
        notes.append(.defined(board, by: actor))
      }
      return notes.isEmpty ? .nothing(0) : .made(notes.count, noting: notes)
    }
  }

  package func rename(
    _ id: BoardID, displayName: String, description: String?
  ) async throws(PostgresError) -> BoardChange {
    try await definitions.change { transaction throws(PostgresError) in
      let rename = RenameBoard(id: id, displayName: displayName, description: description)
      let (found, renamed, unsettled) = try await transaction.pipeline(
        FindBoard(id: id), rename, ReadUnsettledPeriods())
      guard let before = found.first, let board = renamed.first else { return .nothing(.notFound) }
      let periods = unsettled.filter { $0.board == id }
      return .made(
        .changed(DefinedBoard(board, periods: periods.map(\.period))),
        noting: [.renamed(before, to: board, by: actor)])
    }
  }

  /// Removes it with those it has for single categories. What was stored of it stays.
  package func remove(_ id: BoardID) async throws(PostgresError) -> Bool {
    try await definitions.change { transaction throws(PostgresError) in
      let present = try await transaction.query(ReadBoards())
      guard let board = present.first(where: { $0.id == id }) else { return .nothing(false) }
      let removed = present.filter { $0.id == id || board.category.isEmpty && $0.name == board.name }
      let ids = removed.map(\.id)
      _ = try await transaction.pipeline(
        SkipPeriodsOfBoards(boards: ids, reason: "the board was removed"),
        SetBoardState(boards: ids, state: .removed))
      return .made(true, noting: removed.map { .removed($0, by: actor) })
    }
  }

  /// In order and numbered; nil where one reaches into another, or has its label.
  static func periods(of seasons: [Season], after number: Int32 = 0) -> [BoardPeriod]? {
    guard Set(seasons.map { Array($0.label.utf8) }).count == seasons.count else { return nil }
    let sorted = seasons.sorted { $0.start < $1.start }
    guard sorted.allSatisfy({ $0.start < $0.end }),
      zip(sorted, sorted.dropFirst()).allSatisfy({ $0.end <= $1.start })
    else { return nil }
    return sorted.enumerated().map { index, season in
      BoardPeriod(
        number: number + Int32(truncatingIfNeeded: index) + 1, label: season.label, start: season.start,
        end: season.end)
    }
  }
}

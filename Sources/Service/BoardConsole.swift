// Boards from the command line: a list of them is held against what there is, and what is missing is defined.
// If one of them cannot become what it is to be, nothing is changed at all, for half a list is nobody's wish.
package import API
import Boards
import Configuration
package import EventLoop
import Ledger
import LedgerStore
import PostgresClient

package struct BoardConsole: Sendable {
  /// Why it ended early, as a sentence.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  package enum Outcome: Sendable, Equatable {
    case created
    case renamed
    case same
    /// It cannot become what it is to be; what is in the way.
    case impossible(String)
  }

  private enum Step {
    case create(PointType)
    case rename(BoardID)
    case none
    case impossible(String)
  }

  private static let seasonsMost: Int64 = 100_000

  private let plan: ServicePlan

  package init(_ plan: ServicePlan) {
    self.plan = plan
  }

  /// What became of each board of the list, in its order.
  package func apply(_ list: BoardList, on loop: EventLoop) async throws(Failure) -> [Outcome] {
    let pool = PostgresPool(plan.postgresOptions, plan.poolOptions, on: loop)
    loop.spawn { await pool.run() }
    var outcome: Result<[Outcome], Failure>
    do throws(PostgresError) {
      outcome = .success(try await apply(list.drafts, by: pool))
    } catch {
      outcome = .failure(Failure(description: "\(error)"))
    }
    await pool.close(within: .seconds(1))
    return try outcome.get()
  }

  private func apply(
    _ drafts: [BoardDraft], by pool: PostgresPool
  ) async throws(PostgresError) -> [Outcome] {
    let catalog = PointTypeCatalog()
    try await catalog.load(from: pool)
    let registry = BoardRegistry(
      pool: pool, catalog: catalog, zones: plan.zones, actor: .command("boards apply"))
    var steps: [Step] = []
    for draft in drafts { steps.append(try await step(for: draft, catalog, registry)) }
    let isPossible = steps.allSatisfy { if case .impossible = $0 { false } else { true } }
    var outcomes: [Outcome] = []
    for (draft, step) in zip(drafts, steps) {
      outcomes.append(try await take(step, draft, registry, changes: isPossible))
    }
    return outcomes
  }

  // MARK: One board

  private func step(
    for draft: BoardDraft, _ catalog: PointTypeCatalog, _ registry: BoardRegistry
  ) async throws(PostgresError) -> Step {
    let name = draft.pointType ?? PointType.defaultName
    guard let type = catalog.type(name) else { return .impossible("there is no point type \(name)") }
    guard !draft.eachCategory || !plan.configuration.categories.isEmpty else {
      return .impossible("eachCategory needs categories: they are set by POINTS_CATEGORIES")
    }
    guard let board = catalog.boards.board(draft.name) else { return .create(type) }
    let hasEachCategory = catalog.boards.all.contains {
      $0.definition.name == draft.name && !$0.definition.category.isEmpty
    }
    let seasons =
      draft.seasons.isEmpty
      ? [] : try await registry.periods(of: board.definition.id, limit: Self.seasonsMost).map(\.label)
    let differences = draft.differences(
      from: board, of: type, hasEachCategory: hasEachCategory, seasons: Set(seasons))
    guard differences.isEmpty else {
      return .impossible("it is another board in what never changes: \(differences.joined(separator: ", "))")
    }
    let traits = board.definition.traits
    let isSame =
      Self.isSame(traits.displayName, draft.traits.displayName)
      && Self.isSame(traits.description, draft.traits.description)
    return isSame ? .none : .rename(board.definition.id)
  }

  private func take(
    _ step: Step, _ draft: BoardDraft, _ registry: BoardRegistry, changes: Bool
  ) async throws(PostgresError) -> Outcome {
    switch step {
    case .none: return .same
    case .impossible(let why): return .impossible(why)
    case .create(let type):
      guard changes else { return .impossible(Self.other) }
      let creation = try await registry.create(
        draft.name, of: type.id, draft.traits,
        categories: draft.eachCategory ? plan.configuration.categories : [], seasons: draft.seasons)
      return Outcome(creation)
    case .rename(let id):
      guard changes else { return .impossible(Self.other) }
      let change = try await registry.rename(
        id, displayName: draft.traits.displayName, description: draft.traits.description)
      guard case .changed = change else { return .impossible("it was removed just now") }
      return .renamed
    }
  }

  private static let other = "not done, because of another board of the list"

  /// By bytes: to Swift two spellings of a letter are one.
  private static func isSame(_ one: String?, _ other: String?) -> Bool {
    switch (one, other) {
    case (nil, nil): true
    case (let one?, let other?): one.utf8.elementsEqual(other.utf8)
    case (nil, _?), (_?, nil): false
    }
  }
}

extension BoardConsole.Outcome {
  fileprivate init(_ creation: BoardCreation) {
    switch creation {
    case .created: self = .created
    case .nameTaken: self = .impossible("somebody defined one of this name just now")
    case .typeGone: self = .impossible("its point type was deleted just now")
    case .unknownZone: self = .impossible("its time zone is not known here")
    case .tooMany:
      self = .impossible("its point type would have more than \(BoardRegistry.boardsMax) boards")
    case .overlappingSeasons: self = .impossible("its seasons reach into each other")
    }
  }
}

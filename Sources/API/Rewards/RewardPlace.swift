// Whose ranks are meant: of a board, or of all boards of a point type that have no rules of their own.
import Boards
import HTTPServer
import Ledger
import LedgerStore

struct RewardPlace {
  private let choice: SnapshotChoice

  init(_ query: inout QueryReader) throws(Problem) {
    choice = try SnapshotChoice(&query)
  }

  init(_ body: inout RequestBody) throws(Problem) {
    choice = try SnapshotChoice(&body)
  }

  /// Without a board it is the point type, and without either the default type.
  func scope(
    _ lookup: PointTypeLookup, among snapshots: SnapshotReader
  ) async throws(Problem) -> NamedRewardScope {
    guard choice.isGiven else {
      return NamedRewardScope(RewardScope(pointType: try await lookup.type(choice.pointType).id))
    }
    switch try await choice.find(lookup, among: snapshots) {
    case .allTime(.balance, let type): return NamedRewardScope(.balance(of: type))
    case .allTime(.earned, let type): return NamedRewardScope(.earned(of: type))
    case .defined(let board):
      let definition = board.definition
      return NamedRewardScope(
        SnapshotBoard(
          pointType: definition.pointType, key: .defined(definition.id), name: definition.name,
          category: definition.category))
    case .removed: throw Problem(.notFound, "The board was removed.")
    }
  }

  /// What is listed: everything, all of a point type, or what a board has of its own.
  func filter(
    _ lookup: PointTypeLookup, among snapshots: SnapshotReader
  ) async throws(Problem) -> (pointType: PointTypeID?, boards: [String]?) {
    if choice.isGiven {
      let found = try await choice.find(lookup, among: snapshots).ofType
      return (found.pointType, [found.key.text])
    }
    guard let pointType = choice.pointType else { return (nil, nil) }
    return (try await lookup.type(pointType).id, nil)
  }
}

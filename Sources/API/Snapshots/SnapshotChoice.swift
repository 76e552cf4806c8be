// Of which board snapshots are meant: one of the two that every type has, or a defined one. A defined board
// may be gone; what was stored of it is still found by its id.
import Boards
import HTTPServer
import Ledger
import LedgerStore
import PostgresClient

struct SnapshotChoice {
  /// By name or id; nil means the default type, or that of the board.
  let pointType: String?
  let board: String?
  let category: String?

  enum Found {
    case allTime(AllTimeBoard, PointTypeID)
    case defined(DefinedBoard)
    /// One that was removed, and of which there are snapshots.
    case removed(BoardID, PointTypeID)

    var ofType: BoardOfType {
      switch self {
      case .allTime(.balance, let type): BoardOfType(pointType: type, key: .balance)
      case .allTime(.earned, let type): BoardOfType(pointType: type, key: .earned)
      case .defined(let board):
        BoardOfType(pointType: board.definition.pointType, key: .defined(board.definition.id))
      case .removed(let id, let type): BoardOfType(pointType: type, key: .defined(id))
      }
    }
  }

  init(_ query: inout QueryReader) throws(Problem) {
    pointType = try query.optionalString("pointType", bytes: PointTypeLookup.nameBytesMax)
    board = try query.optionalString("board", bytes: PointTypeLookup.nameBytesMax)
    category = try query.optionalString("category", bytes: 64)
  }

  init(_ body: inout RequestBody) throws(Problem) {
    pointType = try body.optionalString("pointType", bytes: PointTypeLookup.nameBytesMax)
    board = try body.optionalString("board", bytes: PointTypeLookup.nameBytesMax)
    category = try body.optionalString("category", bytes: 64)
  }

  /// Whether a board is named at all.
  var isGiven: Bool { board != nil || category != nil }

  func find(_ lookup: PointTypeLookup, among snapshots: SnapshotReader) async throws(Problem) -> Found {
    if category == nil, let allTime = AllTimeBoard(rawValue: board ?? AllTimeBoard.balance.rawValue) {
      return .allTime(allTime, try await lookup.type(pointType).id)
    }
    let found = try await defined(lookup, among: snapshots)
    if let pointType {
      let type = try await lookup.type(pointType)
      guard type.id == found.ofType.pointType else {
        throw .field("pointType", "is not that of the board")
      }
    }
    return found
  }

  private func defined(
    _ lookup: PointTypeLookup, among snapshots: SnapshotReader
  ) async throws(Problem) -> Found {
    let name = board.flatMap { AllTimeBoard(rawValue: $0) == nil ? $0 : nil } ?? BoardChoice.byCategory
    do throws(Problem) {
      return .defined(try await lookup.board(name, category: category ?? ""))
    } catch {
      guard error.code == .notFound, category == nil, let id = BoardID(text: name) else { throw error }
      let last = try await Problem.explaining { () async throws(PostgresError) in
        try await snapshots.list(board: .defined(id), limit: 1)
      }
      guard let type = last.first?.plan.board.pointType else { throw error }
      return .removed(id, type)
    }
  }
}

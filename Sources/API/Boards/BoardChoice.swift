// Which board a caller names.
import Boards
import HTTPServer
import Ledger
import LedgerStore

package struct BoardChoice {
  /// Names the boards that there are for each configured category of the default type by themselves.
  package static let byCategory = "by-category"

  /// By name or id; nil means the default type, or that of the board.
  let pointType: String?
  /// One of the two that every type has, or the name or id of a defined one; nil means `balance`.
  let board: String?
  let category: String?
  /// `current`, `previous`, or a label; nil means `current`.
  let period: String?

  init(_ query: inout QueryReader) throws(Problem) {
    pointType = try query.optionalString("pointType", bytes: PointTypeLookup.nameBytesMax)
    board = try query.optionalString("board", bytes: PointTypeLookup.nameBytesMax)
    category = try query.optionalString("category", bytes: 64)
    period = try query.optionalString("period", bytes: 64)
  }

  init(_ body: inout RequestBody) throws(Problem) {
    pointType = try body.optionalString("pointType", bytes: PointTypeLookup.nameBytesMax)
    board = try body.optionalString("board", bytes: PointTypeLookup.nameBytesMax)
    category = try body.optionalString("category", bytes: 64)
    period = try body.optionalString("period", bytes: 64)
  }

  /// One of the two boards of a type; nil where a defined one is named.
  private var allTime: AllTimeBoard? {
    guard category == nil else { return nil }
    guard let board else { return .balance }
    return AllTimeBoard(rawValue: board)
  }

  /// What is meant: a board as it is now, or one of its periods that is stored.
  enum Meant {
    case live(PointType, AskedBoard)
    case stored(Snapshot)
  }

  func find(by lookup: PointTypeLookup, past: PastPeriods?) async throws(Problem) -> Meant {
    if let past, let period, allTime == nil {
      let board = try await defined(by: lookup)
      if let snapshot = try await past.snapshot(of: board, period) { return .stored(snapshot) }
    }
    let (type, board) = try await find(by: lookup)
    return .live(type, board)
  }

  /// A board as it is now.
  func find(by lookup: PointTypeLookup) async throws(Problem) -> (type: PointType, board: AskedBoard) {
    if let allTime {
      guard period == nil else {
        throw Problem(.notFound, "The board \"\(allTime.rawValue)\" has no periods: it is of all time.")
      }
      return (try await lookup.type(pointType), .allTime(allTime))
    }
    let board = try await defined(by: lookup)
    let type = try await lookup.type(board.definition.pointType.description)
    if let pointType, try await lookup.type(pointType).id != type.id {
      throw Problem(
        .notFound, "The board \"\(board.definition.name)\" is one of the point type \"\(type.name)\".")
    }
    return (type, try asked(of: board))
  }

  private func defined(by lookup: PointTypeLookup) async throws(Problem) -> DefinedBoard {
    let name = board.flatMap { AllTimeBoard(rawValue: $0) == nil ? $0 : nil } ?? Self.byCategory
    return try await lookup.board(name, category: category ?? "")
  }

  private func asked(of board: DefinedBoard) throws(Problem) -> AskedBoard {
    let id = board.definition.id
    guard let period, period != "current" else { return .current(id) }
    guard let open = board.periods.first(where: { $0.label == period && $0.isUnsettled }) else {
      throw Problem(.notFound, "The board \"\(board.definition.name)\" has no open period \"\(period)\".")
    }
    return .period(id, open.number)
  }
}

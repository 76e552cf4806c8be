// Which board is meant, and which that is at this moment: the present period of a board is another one
// tomorrow, also for who listens to it all night.
import BoardStore
import Boards
import EventLoop
import HTTPServer
import Ledger
import LedgerStore

enum AskedBoard: Hashable, Sendable {
  case allTime(AllTimeBoard)
  /// Whichever period is the present one.
  case current(BoardID)
  /// One that is not stored yet.
  case period(BoardID, Int32)
}

/// A board and its period as they can be read now.
struct FoundBoard: Sendable {
  let mirror: MirrorBoard
  /// What snapshots of it are found by.
  let key: SnapshotBoard.Key
  let name: String
  /// Of a defined board.
  let category: String?
  let period: BoardPeriod?
  /// What is read of the ledger instead, of a defined board.
  let defined: RankingSubject.Defined?

  init(_ board: AllTimeBoard) {
    mirror = .allTime(board)
    key = board == .balance ? .balance : .earned
    name = board.rawValue
    category = nil
    period = nil
    defined = nil
  }

  init(_ board: DefinedBoard, _ period: BoardPeriod) {
    let definition = board.definition
    let slot = SlotKey(board: definition.number, period: period.number)
    mirror = .slot(slot, definition.traits.order)
    defined = RankingSubject.Defined(
      board: definition.id, slot: slot, order: definition.traits.order,
      eligibility: definition.traits.eligibility)
    key = .defined(definition.id)
    name = definition.name
    category = definition.category.isEmpty ? nil : definition.category
    self.period = period
  }
}

extension PointTypeLookup {
  /// Looks only at what this worker knows, so it costs nothing.
  func found(_ asked: AskedBoard) throws(Problem) -> FoundBoard {
    switch asked {
    case .allTime(let board): return FoundBoard(board)
    case .current(let id):
      let board = try readable(id)
      guard let period = board.period(at: Instant(microseconds: WallClock.now.microseconds)) else {
        throw Problem(.noPeriod, "The board \"\(board.definition.name)\" has no season just now.")
      }
      return FoundBoard(board, period)
    case .period(let id, let number):
      let board = try readable(id)
      guard let period = board.periods.first(where: { $0.number == number && $0.isUnsettled }) else {
        throw .storedByNow
      }
      return FoundBoard(board, period)
    }
  }

  private func readable(_ id: BoardID) throws(Problem) -> DefinedBoard {
    guard let board = catalog.boards.board(id) else {
      throw Problem(.notFound, "There is no such board any more.")
    }
    switch board.definition.state {
    case .ready: return board
    case .removed: throw Problem(.notFound, "There is no such board any more.")
    case .filling:
      throw Problem(
        .boardFilling, "The board is being filled with what was posted before it was defined.",
        fields: [.retrySoon])
    case .stopped:
      throw Problem(
        .boardFilling,
        "The time zone \(board.definition.traits.timeZone) is not known here, so nothing counts on it.",
        fields: [.retrySoon])
    }
  }
}

extension Problem {
  /// By its label it is there for who asks again.
  static let storedByNow = Problem(.notFound, "The period is stored by now; ask again.")

  var saysStoredByNow: Bool { code == Self.storedByNow.code && detail == Self.storedByNow.detail }
}

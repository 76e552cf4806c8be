// Where boards come from: Redis, or while it cannot be relied on, a ranking read from the ledger.
package import BoardStore
import Boards
package import EventLoop
import HTTPServer
import Ledger
package import LedgerStore

/// What an answer about a board reflects.
enum BoardOrigin: Sendable {
  /// A mirror that has followed the ledger up to this position.
  case redis(position: Int64)
  /// A reading of the ledger that began at this instant.
  case ledger(asOf: Instant)

  /// Of the mirror, if one answered.
  var position: Int64? {
    switch self {
    case .redis(let position): position
    case .ledger: nil
    }
  }
}

struct BoardAnswer<Value: Sendable>: Sendable {
  let value: Value
  let origin: BoardOrigin
}

/// What changes whenever a board does. An account that changes moves the position, a little later than the
/// board: so one that gives what another takes at the same moment is noticed, too.
struct BoardPulse: Equatable, Sendable {
  let first: BoardPage
  let position: Int64
}

/// One worker's boards; used on its loop only.
package struct BoardDesk: Sendable {
  let lookup: PointTypeLookup
  let rendered = RenderedPages()
  private let boards: BoardStore
  private let rankings: LedgerRankings
  private let ledger: LedgerFollowing
  let loop: EventLoop
  let past: PastPeriods?

  package init(
    _ lookup: PointTypeLookup, boards: BoardStore, rankings: LedgerRankings, ledger: LedgerFollowing,
    past: PastPeriods? = nil, on loop: EventLoop
  ) {
    self.past = past
    self.lookup = lookup
    self.boards = boards
    self.rankings = rankings
    self.ledger = ledger
    self.loop = loop
  }

  func ask<Value: Sendable>(
    _ type: PointTypeID, _ board: FoundBoard, redis: (BoardStore) async -> MirrorAnswer<Value>,
    ledger: (LedgerRanking, MirrorBoard) -> Value
  ) async throws(Problem) -> BoardAnswer<Value> {
    switch await redis(boards) {
    case .value(let value, let position):
      return BoardAnswer(value: value, origin: .redis(position: position))
    // Redis can be asked, and says that the period is over: this process has not heard of it yet.
    case .unavailable(.retired): throw .storedByNow
    case .unavailable:
      let ranking = try await ranking(of: RankingSubject(type, board.defined))
      return BoardAnswer(value: ledger(ranking, board.mirror), origin: .ledger(asOf: ranking.asOf))
    }
  }

  /// A look that costs little and tells whether any answer about the board can be another than before; nil
  /// where only asking would tell.
  func pulse(of board: BoardQuestion.BoardName) async -> BoardPulse? {
    guard let found = try? lookup.found(board.board) else { return nil }
    let page = await boards.page(
      of: board.pointType, found.mirror, offset: 0, limit: 1, withStatistics: true)
    guard case .value(let first, let position) = page else { return nil }
    return BoardPulse(first: first, position: position)
  }

  private func ranking(of subject: RankingSubject) async throws(Problem) -> LedgerRanking {
    do throws(RankingUnavailable) {
      return try await rankings.ranking(of: subject, from: ledger, on: loop)
    } catch {
      throw Problem(error)
    }
  }
}

extension Problem {
  fileprivate init(_ reason: RankingUnavailable) {
    switch reason {
    case .busy: self = .noBoards("another board is being read from the ledger meanwhile")
    case .stored: self = .storedByNow
    case .tooLarge(let most):
      self = .noBoards("this one is of a point type with more than the \(most) accounts that are ranked so")
    case .failed(let error):
      self.init(explaining: error)
    }
  }
}

extension Problem {
  static func noBoards(_ reason: String) -> Problem {
    Problem(
      .unavailable, "Redis cannot be asked for boards now, and \(reason).",
      fields: [.retrySoon])
  }
}

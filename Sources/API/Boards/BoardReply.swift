// The answer to a question about a board, as JSON.
import BoardStore
import Boards
import EventLoop
import HTTPServer
import JSON
import Ledger

struct BoardReply: Sendable {
  let json: [UInt8]
  /// So many of its bytes, from the first, are the same as long as nothing that was asked about has changed;
  /// behind them stands what changes with everything: sums, and the position.
  let lastingBytes: Int
  /// So many do not say where the answer comes from.
  let bytesBeforeOrigin: Int

  /// The same answer from elsewhere.
  func from(_ origin: BoardOrigin) -> BoardReply {
    var json = JSONWriter(
      continuing: self.json.span.extracting(first: bytesBeforeOrigin), reservingCapacity: 96)
    json.origin(origin)
    json.closeObject()
    return BoardReply(
      json: json.finish(), lastingBytes: lastingBytes, bytesBeforeOrigin: bytesBeforeOrigin)
  }
}

extension BoardDesk {
  /// A user who is not on the board has no rank and no neighbours: `not_ranked`.
  func reply(to question: BoardQuestion, withChange: Bool = false) async throws(Problem) -> BoardReply {
    guard let reply = try await answer(to: question, withChange: withChange).value else { throw .notRanked }
    return reply
  }

  /// Nil for a user who is not on the board. Of whichever period is the present one it may be that it has
  /// ended without this process having heard of it: then the answer is of the next.
  func answer(
    to question: BoardQuestion, withChange: Bool = false
  ) async throws(Problem) -> BoardAnswer<BoardReply?> {
    do throws(Problem) {
      return try await answerAsKnown(question, withChange)
    } catch {
      guard error.saysStoredByNow else { throw error }
      try await lookup.refresh()
      return try await answerAsKnown(question, withChange)
    }
  }

  private func answerAsKnown(
    _ question: BoardQuestion, _ withChange: Bool
  ) async throws(Problem) -> BoardAnswer<BoardReply?> {
    switch question.kind {
    case .page(let offset, let limit, let top):
      try await page(question, offset: offset, limit: limit, top, withChange)
    case .rank(let user): try await rank(question, of: user, withChange)
    case .around(let user, let count):
      try await around(question, withChange) {
        await $0.around(of: question.pointType, $1, user: user, count: count)
      } ledger: {
        $0.around($1, user: user, count: count)
      }
    case .aroundScore(let score, let count):
      try await around(question, withChange) {
        await $0.around(of: question.pointType, $1, score: score, count: count).map { $0 }
      } ledger: {
        $0.around($1, score: score, count: count)
      }
    }
  }

  private func page(
    _ question: BoardQuestion, offset: Int64, limit: Int64, _ top: TopShare?, _ withChange: Bool
  ) async throws(Problem) -> BoardAnswer<BoardReply?> {
    let (type, found) = (question.pointType, try lookup.found(question.board))
    // Changes come from elsewhere: a page with them is not kept.
    let known = withChange ? nil : rendered.page(for: question, on: found, now: loop.now)
    let answer = try await ask(type, found) {
      await $0.page(
        of: type, found.mirror, offset: offset, limit: limit, top: top, withStatistics: true,
        since: known?.stamp)
    } ledger: {
      .page($0.page($1, offset: offset, limit: limit, top: top, withStatistics: true), nil)
    }
    let reply: BoardReply
    switch answer.value {
    case .page(let page, let stamp):
      let changes = try await changes(of: page.rows, on: found, type, withChange)
      let write = { Self.write(page, question, found, answer.origin, changes) }
      reply =
        withChange
        ? write()
        : rendered.reply(to: question, on: found, stamp, answer.origin, now: loop.now, write: write)
    case .same:
      guard let known else { preconditionFailure("Only who has seen a page is told that it is the same.") }
      reply = rendered.reply(to: question, still: known, answer.origin)
    }
    return BoardAnswer(value: reply, origin: answer.origin)
  }

  private static func write(
    _ page: BoardPage, _ question: BoardQuestion, _ found: FoundBoard, _ origin: BoardOrigin,
    _ changes: RankChanges?
  ) -> BoardReply {
    write(question, found, origin, rows: page.rows.count) {
      $0.entries(page.rows, found.mirror, changes)
      $0.comparedWith(changes)
      $0.field("members", page.members)
      if let share = page.topMembers { $0.field("topMembers", share) }
    } passing: {
      $0.statistics(page.statistics)
    }
  }

  private func rank(
    _ question: BoardQuestion, of user: UserID, _ withChange: Bool
  ) async throws(Problem) -> BoardAnswer<BoardReply?> {
    let (type, found) = (question.pointType, try lookup.found(question.board))
    let answer = try await ask(type, found) {
      await $0.rank(of: type, found.mirror, user: user)
    } ledger: {
      $0.standing($1, of: user)
    }
    let standing = answer.value
    guard let row = standing.row, let percentile = standing.percentile else {
      return BoardAnswer(value: nil, origin: answer.origin)
    }
    let changes = try await changes(of: [row], on: found, type, withChange)
    let reply = Self.write(question, found, answer.origin, rows: 1) {
      $0.members(of: row, found.mirror)
      $0.change(of: user, row.rank, changes)
      $0.comparedWith(changes)
      $0.field("members", standing.members)
      $0.field("percentile", percentile)
      $0.key("missing")
      if let missing = standing.missing { $0.integer(missing) } else { $0.null() }
    }
    return BoardAnswer(value: reply, origin: answer.origin)
  }

  private func around(
    _ question: BoardQuestion, _ withChange: Bool,
    redis: (BoardStore, MirrorBoard) async -> MirrorAnswer<BoardPage?>,
    ledger: (LedgerRanking, MirrorBoard) -> BoardPage?
  ) async throws(Problem) -> BoardAnswer<BoardReply?> {
    let found = try lookup.found(question.board)
    let answer = try await ask(
      question.pointType, found, redis: { await redis($0, found.mirror) }, ledger: ledger)
    guard let page = answer.value else { return BoardAnswer(value: nil, origin: answer.origin) }
    let changes = try await changes(of: page.rows, on: found, question.pointType, withChange)
    let reply = Self.write(question, found, answer.origin, rows: page.rows.count) {
      $0.entries(page.rows, found.mirror, changes)
      $0.comparedWith(changes)
      $0.field("offset", page.offset)
      $0.field("members", page.members)
    }
    return BoardAnswer(value: reply, origin: answer.origin)
  }

  /// Nil where they were not asked for.
  private func changes(
    of rows: [BoardRow], on found: FoundBoard, _ type: PointTypeID, _ areWanted: Bool
  ) async throws(Problem) -> RankChanges? {
    guard areWanted else { return nil }
    return try await RankChanges(of: rows.map(\.account.account.key.user), on: found, type, past)
  }

  private static func write(
    _ question: BoardQuestion, _ found: FoundBoard, _ origin: BoardOrigin, rows: Int,
    lasting: (inout JSONWriter) -> Void,
    passing: (inout JSONWriter) -> Void = { _ in }
  ) -> BoardReply {
    var json = JSONWriter(reservingCapacity: 384 + 192 * rows)
    var (lastingBytes, bytesBeforeOrigin) = (0, 0)
    json.object {
      $0.field("pointType", question.typeName)
      $0.board(found)
      lasting(&$0)
      lastingBytes = $0.count
      passing(&$0)
      bytesBeforeOrigin = $0.count
      $0.origin(origin)
    }
    return BoardReply(
      json: json.finish(), lastingBytes: lastingBytes, bytesBeforeOrigin: bytesBeforeOrigin)
  }
}

extension Problem {
  static var notRanked: Problem { Problem(.notRanked, "The user is not on this board.") }
}

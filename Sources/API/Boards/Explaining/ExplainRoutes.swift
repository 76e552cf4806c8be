// The route that explains a score. Its entries are transactions, so it takes the role that histories take.
import Boards
import HTTPServer
import JSON
import Ledger
import LedgerStore

package enum ExplainRoutes {
  package static func add(to routes: inout GuardedRoutes, desk: ExplainDesk) {
    routes.on(.get, "/points/leaderboard/explain", for: .service, handler: explain(desk))
  }

  /// The first page says where the user stands and who has passed him; those behind it go by what it said.
  private static func explain(_ desk: ExplainDesk) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let user = try query.userID("userId")
      let choice = try BoardChoice(&query)
      let since = try query.optionalInstant("since")
      let limit = Int(try query.integer("limit", in: 1...1_000, otherwise: 25))
      let cursor = try query.optionalCursor()
      try query.finish()
      let board = try await desk.board(choice)
      let question = [
        "explain", user.text, board.pointType.description, board.name, board.category ?? "",
        board.period.map { "\($0.number)" } ?? "",
      ]
      if let cursor {
        let place = try ExplainCursor(cursor, of: question, user)
        let correction = try await desk.correction(of: user, on: board)
        let page = try await desk.parts(
          of: place.standing, correction, on: board, below: place.below, limit: limit)
        return response(
          board, place.standing, correction, members: place.members, page, question,
          desk.desk.lookup.catalog
        ) { _ in }
      }
      do throws(Problem) {
        return try await first(desk, user, board, since: since, limit, question)
      } catch {
        // The period may have been stored between one look and the next.
        guard error.saysStoredByNow else { throw error }
        try await desk.desk.lookup.refresh()
        let stored = try await desk.board(choice)
        return try await first(desk, user, stored, since: since, limit, question)
      }
    }
  }

  /// The first page, with who has passed the user.
  private static func first(
    _ desk: ExplainDesk, _ user: UserID, _ board: ExplainedBoard, since: Instant?, _ limit: Int,
    _ question: [String]
  ) async throws(Problem) -> HTTPResponse {
    let now = Instant.now
    guard since.map({ $0 <= now }) ?? true else {
      throw Problem(
        .validationFailed, "The parameter \"since\" must not lie in the future.",
        members: [.text("field", "since")])
    }
    let found = try await desk.user(user, on: board)
    let correction = try await desk.correction(of: user, on: board)
    let page = try await desk.parts(of: found.standing, correction, on: board, below: nil, limit: limit)
    let passing = try await desk.passing(found, on: board, since: since ?? recently(board, now))
    return response(
      board, found.standing, correction, members: found.members, page, question, desk.desk.lookup.catalog
    ) {
      $0.passing(passing)
      $0.origin(found.origin)
    }
  }

  /// A day ago, or when the period began if that is later.
  private static func recently(_ board: ExplainedBoard, _ now: Instant) -> Instant {
    let day = Instant(microseconds: board.end(at: now).microseconds - ExplainDesk.sinceOtherwise)
    return max(day, board.rule.begin)
  }

  private static func response(
    _ board: ExplainedBoard, _ user: ExplainedStanding, _ correction: ExplainedCorrection?,
    members: Int64, _ page: ScoreReader.Page, _ question: [String], _ types: PointTypeCatalog,
    _ rest: (inout JSONWriter) -> Void
  ) -> HTTPResponse {
    var json = JSONWriter(reservingCapacity: 1_024 + 1_024 * page.parts.count)
    json.object {
      $0.field("pointType", board.typeName)
      $0.field("board", board.name)
      if let period = board.period {
        $0.field("category", orNull: board.category)
        $0.field("period", period.label)
      }
      $0.members(of: user)
      $0.field("members", members)
      $0.field("version", user.version)
      $0.correction(correction)
      $0.arrayField("entries") { for part in page.parts { $0.part(part, types) } }
      let next = page.nextBelow.map { ExplainCursor(user, members: members, below: $0) }
      $0.field("nextCursor", orNull: next?.text(of: question))
      rest(&$0)
    }
    return .json(json.finish())
  }
}

// The routes of the boards: pages, a rank, neighbours, and where a list of users stands.
import BoardStore
import Boards
import HTTPServer
import JSON
import Ledger
import LedgerStore

package enum BoardRoutes {
  /// A thousand ids as long as they may be.
  private static let bodyBytes = 1024 * 1024
  private static let usersMax = 1000

  package static func add(to routes: inout GuardedRoutes, desk: BoardDesk) {
    routes.on(.get, "/points/leaderboard", for: .reader, handler: page(desk))
    routes.on(.get, "/points/leaderboard/rank", for: .reader, handler: rank(desk))
    routes.on(.get, "/points/leaderboard/around", for: .reader, handler: around(desk))
    routes.on(
      .post, "/points/leaderboard/users", for: .reader, body: .json(limit: bodyBytes), handler: users(desk))
  }

  private static func page(_ desk: BoardDesk) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let choice = try BoardChoice(&query)
      let limit = try query.integer("limit", in: 1...1000, otherwise: 25)
      let offset = try query.integer("offset", in: 0...1_000_000_000, otherwise: 0)
      try query.finish()
      let (type, board) = (try await desk.lookup.type(choice.pointType), choice.board)
      let answer = try await desk.ask(type) {
        await $0.page(of: type.id, board, offset: offset, limit: limit, withStatistics: true)
      } ledger: {
        $0.page(board, offset: offset, limit: limit, withStatistics: true)
      }
      return response(type, board, answer.origin, rows: answer.value.rows.count) {
        $0.entries(answer.value.rows, board)
        $0.field("members", answer.value.members)
        $0.statistics(answer.value.statistics)
      }
    }
  }

  private static func rank(_ desk: BoardDesk) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let choice = try BoardChoice(&query)
      let user = try query.userID("userId")
      try query.finish()
      let (type, board) = (try await desk.lookup.type(choice.pointType), choice.board)
      let answer = try await desk.ask(type) {
        await $0.rank(of: type.id, board, user: user)
      } ledger: {
        $0.standing(board, of: user)
      }
      let standing = answer.value
      guard let row = standing.row, let percentile = standing.percentile else { throw notRanked }
      return response(type, board, answer.origin, rows: 1) {
        $0.members(of: row, board)
        $0.field("members", standing.members)
        $0.field("percentile", percentile)
        $0.key("missing")
        if let missing = standing.missing { $0.integer(missing) } else { $0.null() }
      }
    }
  }

  private static func around(_ desk: BoardDesk) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let choice = try BoardChoice(&query)
      let user = try query.optionalUserID("userId")
      let score = try query.optionalInteger("score", in: Int64.min...Int64.max)
      let count = try query.integer("count", in: 1...1000, otherwise: 11)
      try query.finish()
      guard (user == nil) != (score == nil) else {
        throw Problem(
          .validationFailed, "One of the parameters \"userId\" and \"score\" is required.",
          members: [.text("field", "userId")])
      }
      let (type, board) = (try await desk.lookup.type(choice.pointType), choice.board)
      let answer: BoardAnswer<BoardPage?> = try await desk.ask(type) {
        if let user { return await $0.around(of: type.id, board, user: user, count: count) }
        return await $0.around(of: type.id, board, score: score ?? 0, count: count).map { $0 }
      } ledger: {
        if let user { return $0.around(board, user: user, count: count) }
        return $0.around(board, score: score ?? 0, count: count)
      }
      guard let page = answer.value else { throw notRanked }
      return response(type, board, answer.origin, rows: page.rows.count) {
        $0.entries(page.rows, board)
        $0.field("offset", page.offset)
        $0.field("members", page.members)
      }
    }
  }

  private static func users(_ desk: BoardDesk) -> CallerHandler {
    { exchange, _ throws(Problem) in
      try QueryReader(exchange).finish()
      var body = try RequestBody(exchange)
      let choice = try BoardChoice(&body)
      let given = try body.userIDs("userIds", count: 1...usersMax)
      try body.finish()
      var seen: Set<UserID> = []
      let users = given.filter { seen.insert($0).inserted }
      let (type, board) = (try await desk.lookup.type(choice.pointType), choice.board)
      let answer = try await desk.ask(type) {
        await $0.users(of: type.id, board, users)
      } ledger: {
        $0.users(board, users)
      }
      return response(type, board, answer.origin, rows: users.count) {
        $0.standings(answer.value, of: users, board)
      }
    }
  }

  // MARK: Parts

  private static var notRanked: Problem { Problem(.notRanked, "The user is not on this board.") }

  private static func response(
    _ type: PointType, _ board: AllTimeBoard, _ origin: BoardOrigin, rows: Int,
    _ body: (inout JSONWriter) -> Void
  ) -> HTTPResponse {
    var json = JSONWriter(reservingCapacity: 384 + 192 * rows)
    json.object {
      $0.field("pointType", type.name)
      $0.field("board", board.rawValue)
      body(&$0)
      $0.origin(origin)
    }
    return .json(json.finish())
  }
}

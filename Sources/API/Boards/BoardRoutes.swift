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
    routes.on(
      .get, "/points/leaderboard", for: .reader,
      handler: answer(desk) { query throws(Problem) in
        try .page(reading: &query, rowsMax: BoardStore.rowsMax)
      })
    routes.on(
      .get, "/points/leaderboard/rank", for: .reader, handler: answer(desk, BoardQuestion.Kind.rank(reading:))
    )
    routes.on(
      .get, "/points/leaderboard/around", for: .reader,
      handler: answer(desk) { query throws(Problem) in
        try .around(reading: &query, rowsMax: BoardStore.rowsMax)
      })
    routes.on(
      .post, "/points/leaderboard/users", for: .reader, body: .json(limit: bodyBytes), handler: users(desk))
  }

  private static func answer(_ desk: BoardDesk, _ kind: @escaping BoardKindReader) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let choice = try BoardChoice(&query)
      let kind = try kind(&query)
      let withChange = try query.optionalBool("change") ?? false
      try query.finish()
      if withChange { try kind.allowChanges() }
      return .json(
        try await meant(choice, desk) { type, board throws(Problem) in
          try await desk.reply(to: BoardQuestion(kind, type, board), withChange: withChange).json
        } stored: { past, snapshot throws(Problem) in
          try await past.reply(to: kind, in: snapshot, withChange: withChange)
        })
    }
  }

  /// Answers by what is meant. A period may be stored between one look and the next: then it is looked for
  /// once more, with what is known now, and read as it is stored.
  static func meant(
    _ choice: BoardChoice, _ desk: BoardDesk,
    live: (PointType, AskedBoard) async throws(Problem) -> [UInt8],
    stored: (PastBoard, Snapshot) async throws(Problem) -> [UInt8]
  ) async throws(Problem) -> [UInt8] {
    var isAnew = false
    while true {
      switch try await choice.find(by: desk.lookup, past: desk.past) {
      case .stored(let snapshot):
        guard let past = desk.past?.board(desk.lookup) else { throw .notRanked }
        return try await stored(past, snapshot)
      case .live(let type, let board):
        do throws(Problem) {
          return try await live(type, board)
        } catch {
          guard error.saysStoredByNow, !isAnew else { throw error }
          isAnew = true
          try await desk.lookup.refresh()
        }
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
      return .json(
        try await meant(choice, desk) { type, board throws(Problem) in
          try await standings(of: users, type, board, desk)
        } stored: { past, snapshot throws(Problem) in
          try await past.users(users, in: snapshot)
        })
    }
  }

  private static func standings(
    of users: [UserID], _ type: PointType, _ asked: AskedBoard, _ desk: BoardDesk
  ) async throws(Problem) -> [UInt8] {
    let found = try desk.lookup.found(asked)
    let answer = try await desk.ask(type.id, found) {
      await $0.users(of: type.id, found.mirror, users)
    } ledger: {
      $0.users($1, users)
    }
    var json = JSONWriter(reservingCapacity: 384 + 192 * users.count)
    json.object {
      $0.field("pointType", type.name)
      $0.board(found)
      $0.standings(answer.value, of: users, found.mirror)
      $0.origin(answer.origin)
    }
    return json.finish()
  }
}

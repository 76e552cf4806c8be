// The calls about boards that are defined, and their periods: what is asked, and what is read from the
// answer.
import PointsClient
import Testing

struct BoardCallsTests {
  private static func board(
    counting filter: String = #""categories":["pvp"],"exceptCategories":null"#
  ) -> String {
    """
    {"id":"b-1","name":"league","category":null,"pointType":"points","displayName":"League",\
    "description":null,"metric":"earned",\(filter),"countRewards":true,\
    "period":"weekly","firstDay":"sunday","timeZone":"Europe/Berlin","graceSeconds":60,"rankStyle":"dense",\
    "direction":"ascending","minScore":-5,"minCount":2,"enabledOnly":false,"state":"filling",\
    "createdAt":"2026-01-31T12:00:00Z","updatedAt":"2026-01-31T12:00:01Z","unheardOf":1}
    """
  }

  private static let period = """
    {"label":"2026-W05","startsAt":"2026-01-26T00:00:00Z","endsAt":"2026-02-02T00:00:00Z","state":"frozen",\
    "reason":null,"closedAt":"2026-02-02T00:00:00.5Z","frozenAt":"2026-02-02T00:00:01Z","snapshotId":"s-1"}
    """

  @Test func `a definition is read with all that it says`() async throws {
    let except = Self.board(counting: #""categories":null,"exceptCategories":["a","b"]"#)
    let body = #"{"boards":[\#(Self.board()),\#(except)]}"#
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let boards = try await points.boards(pointType: "gold")
      let board = try #require(boards.first)
      #expect((board.id, board.name, board.category) == ("b-1", "league", nil))
      #expect((board.metric, board.period, board.firstDay) == (.earned, .weekly, .sunday))
      #expect((board.rankStyle, board.direction, board.state) == (.dense, .ascending, .filling))
      #expect((board.minScore, board.minCount, board.graceSeconds) == (-5, 2, 60))
      #expect(board.countsRewards && !board.isForEnabledOnly && board.timeZone == "Europe/Berlin")
      #expect(boards.map(\.categories) == [.only(["pvp"]), .except(["a", "b"])])
      #expect(server.requests.map(\.target) == ["/points/boards?pointType=gold"])
    }
  }

  @Test func `a draft says every default, and a board is made once`() async throws {
    try await withClient(answering: { _ in ScriptedAnswers.json(Self.board(), status: 201) }) {
      points, server in
      let made = try await points.createBoard(BoardDraft("league"))
      #expect(made.board == "b-1")
      let (start, end) = (Timestamp(microseconds: 0), Timestamp(microseconds: 1_000_000))
      try await points.createBoard(
        BoardDraft(
          "cup", categories: .except(["pve"]), period: .seasons,
          seasons: [Season("one", from: start, to: end)], minScore: 1))
      let tail = #""timeZone":"UTC","graceSeconds":0,"rankStyle":"competition","direction":"descending""#
      #expect(
        server.requests.map(\.body) == [
          #"{"name":"league","metric":"earned","eachCategory":false,"countRewards":false,"period":"allTime","#
            + tail + #","enabledOnly":true}"#,
          #"{"name":"cup","metric":"earned","exceptCategories":["pve"],"eachCategory":false,"#
            + #""countRewards":false,"period":"seasons","seasons":[{"label":"one","#
            + #""startsAt":"1970-01-01T00:00:00.000000Z","endsAt":"1970-01-01T00:00:01.000000Z"}],"#
            + tail + #","minScore":1,"enabledOnly":true}"#,
        ])
      #expect(server.requests.map(\.key) == [nil, nil])
    }
  }

  @Test func `a board is renamed, described, and removed`() async throws {
    try await withClient(
      answering: { request in
        request.method == "DELETE"
          ? "HTTP/1.1 204 No Content\r\n\r\n" : ScriptedAnswers.json(Self.board())
      }
    ) { points, server in
      try await points.renameBoard("league", displayName: "The league")
      try await points.renameBoard("league", description: .clear)
      _ = try await points.board("a/b")
      try await points.removeBoard("league")
      #expect(
        server.requests.map { "\($0.method) \($0.target) \($0.body)" } == [
          #"PATCH /points/boards/league {"displayName":"The league"}"#,
          #"PATCH /points/boards/league {"description":null}"#, "GET /points/boards/a%2Fb ",
          "DELETE /points/boards/league ",
        ])
    }
  }

  @Test func `periods come by pages, and say how far they are`() async throws {
    let body = #"{"board":"league","periods":[\#(Self.period)],"cursor":"2927"}"#
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let page = try await points.periods(of: "league")
      let period = try #require(page.periods.first)
      #expect((period.label, period.state, period.snapshotID) == ("2026-W05", .frozen, "s-1"))
      #expect(period.endsAt == Timestamp("2026-02-02T00:00:00Z") && page.cursor == "2927")
      _ = try await points.periods(of: "league", category: "pvp", begunOnly: true, limit: 1, cursor: "7")
      #expect(
        server.requests.map(\.target) == [
          "/points/boards/league/periods",
          "/points/boards/league/periods?category=pvp&begun=true&limit=1&cursor=7",
        ])
    }
  }

  @Test func `periods are announced, closed and extended`() async throws {
    let instant = Timestamp(microseconds: 1_000_000)
    try await withClient(answering: { _ in ScriptedAnswers.json(Self.period) }) { points, server in
      try await points.announceSeason(Season("x", from: instant, to: instant), on: "cup")
      try await points.closePeriod("2026 W05", of: "league", category: "pvp")
      try await points.closePeriod("2026-W05", of: "league", at: instant)
      try await points.extendPeriod("2026-W05", of: "league", until: instant)
      let path = "/points/boards/league/periods/2026"
      let text = "1970-01-01T00:00:01.000000Z"
      #expect(
        server.requests.map { "\($0.method) \($0.target) \($0.body)" } == [
          #"POST /points/boards/cup/periods {"label":"x","startsAt":"\#(text)","endsAt":"\#(text)"}"#,
          "POST \(path)%20W05/close?category=pvp {}", #"POST \#(path)-W05/close {"at":"\#(text)"}"#,
          #"POST \#(path)-W05/extend {"until":"\#(text)"}"#,
        ])
    }
  }

  @Test func `only a change that says its instant is tried again`() async throws {
    try await withClient(answering: { _ in ScriptedAnswers.problem(503, "unavailable") }) { points, server in
      _ = await pointsError { () throws(PointsError) in try await points.closePeriod("a", of: "league") }
      #expect(server.requests.count == 1)
      _ = await pointsError { () throws(PointsError) in
        try await points.closePeriod("a", of: "league", at: Timestamp(microseconds: 0))
      }
      #expect(server.requests.count == 4)
    }
  }

  @Test func `every question about ranks names a board, a category and a period`() async throws {
    let members =
      #""category":"pvp","period":"2026-W05","members":0,"position":7,"source":"snapshot","snapshotId":"s-1""#
    let head = #"{"pointType":"points","board":"league","entries":[],"offset":0,"unranked":[],"#
    let rank = #"{"userId":"a","rank":1,"score":2,"percentile":1.00,"#
    try await withClient(
      answering: { ScriptedAnswers.json(($0.target.contains("/rank?") ? rank : head) + members + "}") }
    ) { points, server in
      let board: Board = "league"
      let (category, period) = ("pvp", "2026-W05")
      let page = try await points.leaderboard(board: board, category: category, period: period, limit: 3)
      #expect((page.board, page.category, page.period) == (board, category, period))
      #expect((page.source, page.snapshotID) == (.snapshot, "s-1"))
      let rank = try await points.rank(userID: "a", board: board, category: category, period: period)
      #expect((rank?.category, rank?.period) == (category, period))
      let around = try await points.leaderboard(
        aroundUser: "a", board: board, category: category, period: period)
      #expect((around.category, around.period) == (category, period))
      _ = try await points.leaderboard(aroundScore: 1, board: board, category: category, period: period)
      let chosen = try await points.leaderboard(
        userIDs: ["a"], board: board, category: category, period: period)
      #expect((chosen.category, chosen.period) == (category, period))
      let asked = "board=league&category=pvp&period=2026-W05"
      #expect(
        server.requests.map(\.target) == [
          "/points/leaderboard?\(asked)&limit=3", "/points/leaderboard/rank?userId=a&\(asked)",
          "/points/leaderboard/around?userId=a&\(asked)", "/points/leaderboard/around?score=1&\(asked)",
          "/points/leaderboard/users",
        ])
      #expect(
        server.requests.last?.body
          == #"{"userIds":["a"],"board":"league","category":"pvp","period":"2026-W05"}"#)
    }
  }
}

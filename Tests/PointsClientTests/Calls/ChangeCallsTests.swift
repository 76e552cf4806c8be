// The calls that ask for the rank before.
import PointsClient
import Testing

struct ChangeCallsTests {
  private static let compared = """
    "comparedWith":{"snapshotId":"s-1","purpose":"close","period":"2026-W04","asOf":"2026-01-26T00:00:00Z"}
    """

  @Test func `a rank tells the one before, and what it was compared with`() async throws {
    let body = """
      {"pointType":"points","board":"league","rank":2,"userId":"ada","displayName":null,"score":5,\
      "reachedAt":"2026-01-31T12:00:00Z","previousRank":5,"change":3,\(Self.compared),"members":9,\
      "percentile":88.88,"missing":null,"position":1,"source":"redis"}
      """
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let rank = try #require(try await points.rank(userID: "ada", board: "league", withChange: true))
      #expect(rank.previousRank == 5 && rank.change == 3)
      #expect(rank.comparedWith?.id == "s-1" && rank.comparedWith?.period == "2026-W04")
      #expect(
        server.requests.map(\.target) == ["/points/leaderboard/rank?change=true&userId=ada&board=league"])
    }
  }

  @Test func `a page tells it of each entry, and none where there was none`() async throws {
    let row = #"{"rank":1,"userId":"ada","displayName":null,"score":5,"reachedAt":null,"#
    let body = """
      {"pointType":"points","board":"league","entries":[\(row)"previousRank":2,"change":1},\
      \(row)"previousRank":null,"change":null}],\(Self.compared),"members":2,"statistics":null,"offset":0,\
      "position":1,"source":"redis"}
      """
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let page = try await points.leaderboard(board: "league", withChange: true)
      #expect(page.entries.map(\.change) == [1, nil] && page.entries.map(\.previousRank) == [2, nil])
      #expect(page.comparedWith?.purpose == "close")
      let around = try await points.leaderboard(aroundUser: "ada", board: "league", withChange: true)
      #expect(around.comparedWith == page.comparedWith)
      #expect(
        server.requests.map(\.target) == [
          "/points/leaderboard?change=true&board=league",
          "/points/leaderboard/around?change=true&userId=ada&board=league",
        ])
    }
  }
}

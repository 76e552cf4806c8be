// The calls that ask for a share of a board, and for how its scores are spread.
import PointsClient
import Testing

struct DistributionCallsTests {
  @Test func `a distribution is read with all that it says`() async throws {
    let body = """
      {"pointType":"points","board":"league","category":null,"period":"2026-W05","members":3,"lowest":1,\
      "highest":9,"statistics":{"sum":15,"average":5.00,"median":5.00},\
      "percentiles":[{"percent":50,"score":5}],"buckets":[{"from":1,"to":9,"members":3}],\
      "position":null,"source":"snapshot","asOf":"2026-02-02T00:00:00Z","snapshotId":"s-1"}
      """
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let spread = try await points.scoreDistribution(board: "league", period: "previous", buckets: 1)
      #expect((spread.members, spread.lowest, spread.highest) == (3, 1, 9))
      #expect(spread.percentiles.map(\.score) == [5] && spread.buckets.map(\.members) == [3])
      #expect(spread.statistics?.sum == 15 && spread.source == .snapshot && spread.snapshotID == "s-1")
      #expect(
        server.requests.map(\.target)
          == ["/points/leaderboard/distribution?board=league&period=previous&buckets=1"])
    }
  }

  @Test func `a share is told to two decimals`() async throws {
    let body = """
      {"pointType":"points","board":"balance","entries":[],"members":3,"topMembers":1,"statistics":null,\
      "position":1,"source":"redis"}
      """
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      for percent in [5, 0.05, 12.345, 100] {
        let page = try await points.leaderboard(topPercent: percent)
        #expect(page.topMembers == 1)
      }
      #expect(
        server.requests.map(\.target)
          == ["5.00", "0.05", "12.35", "100.00"].map { "/points/leaderboard?topPercent=\($0)" })
    }
  }
}

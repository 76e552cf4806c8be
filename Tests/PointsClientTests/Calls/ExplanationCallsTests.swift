// The call that asks why somebody is where he is.
import PointsClient
import Testing

struct ExplanationCallsTests {
  private static let transaction = """
    {"id":"t-1","postingId":"p-1","userId":"ada","pointType":"points","type":"credit","amount":5,"before":0,\
    "after":5,"version":1,"kind":"award","category":null,"reason":null,"description":null,"actor":null,\
    "validatorId":null,"relatedTo":null,"tournamentId":null,"registrationId":null,"reverses":null,\
    "metadata":null,"occurredAt":"2026-01-31T12:00:00Z","createdAt":"2026-01-31T12:00:00Z",\
    "createdBy":"s-1","totalEarned":5,"totalSpent":0}
    """

  private static func page(_ rest: String) -> String {
    """
    {"pointType":"points","board":"league","category":null,"period":"2026-W05","rank":2,"userId":"ada",\
    "score":5,"reachedAt":"2026-01-31T12:00:00Z","members":3,"version":1,\
    "entries":[{"contribution":5,"transaction":\(transaction)}],\(rest)}
    """
  }

  @Test func `a first page tells who has passed, and the next ones only what makes the score`() async throws {
    let passer = """
      {"rank":1,"userId":"bob","displayName":"Bob","score":9,"reachedAt":"2026-01-31T13:00:00Z",\
      "scoreThen":null,"then":"unlisted"}
      """
    let first = Self.page(
      """
      "nextCursor":"2ab","passedBy":{"since":"2026-01-31T00:00:00Z","scoreThen":5,"users":[\(passer)],\
      "truncated":true},"position":7,"source":"redis"
      """)
    let last = Self.page(
      #"""
      "correction":{"countedScore":5,"snapshotId":"s-2","revision":2,"reason":"typo"},"nextCursor":null
      """#)
    try await withClient(
      answering: { ScriptedAnswers.json($0.target.contains("cursor") ? last : first) }
    ) { points, server in
      let since = Timestamp(microseconds: 0)
      let page = try #require(try await points.explanation(userID: "ada", board: "league", since: since))
      #expect((page.rank, page.score, page.members, page.version) == (2, 5, 3, 1))
      #expect(page.entries.map(\.contribution) == [5] && page.entries[0].transaction.id == "t-1")
      #expect(page.period == "2026-W05" && page.source == .redis && page.position == 7)
      let passed = try #require(page.passedBy)
      #expect(passed.isTruncated && passed.scoreThen == 5)
      #expect(passed.users.map(\.entry.userID) == ["bob"] && passed.users[0].scoreThen == nil)
      #expect(passed.users[0].then == "unlisted")
      let next = try await points.explanation(
        userID: "ada", board: "league", limit: 3, cursor: page.nextCursor)
      #expect(next?.passedBy == nil && next?.source == nil && next?.nextCursor == nil)
      #expect(page.correction == nil && next?.correction?.countedScore == 5)
      #expect(next?.correction?.revision == 2 && next?.correction?.reason == "typo")
      #expect(
        server.requests.map(\.target) == [
          "/points/leaderboard/explain?userId=ada&board=league&since=1970-01-01T00%3A00%3A00.000000Z",
          "/points/leaderboard/explain?userId=ada&board=league&limit=3&cursor=2ab",
        ])
    }
  }

  @Test func `nobody's rank is explained by nil`() async throws {
    let problem = #"{"type":"about:blank","title":"x","status":404,"detail":"x","code":"not_ranked"}"#
    try await withClient(answering: { _ in ScriptedAnswers.json(problem, status: 404) }) { points, _ in
      let explanation = try await points.explanation(userID: "eve")
      #expect(explanation == nil)
    }
  }
}

// The calls about payouts: what is asked, and what is read from the answer.
import PointsClient
import Testing

struct PayoutCallsTests {
  private static let id = "019c1234-0000-4000-8000-000000000001"
  private static let snapshot = "019c1234-0000-8000-8000-000000000002"
  private static let hash = String(repeating: "ab", count: 32)

  private static let sums = """
    [{"pointType":"points","given":18446744073709551616,"taken":0,"budget":null},\
    {"pointType":"gems","given":5,"taken":2,"budget":10}]
    """

  private static let head = """
    "snapshotId":"\(snapshot)","pointType":"points","board":"league","category":null,"period":"2026-W05",\
    "isCorrection":false,"rulesAt":"2026-02-01T00:00:00Z","ties":"split","winners":3,"legs":4,"tiedScores":1,\
    "tiedUsers":2,"hash":"\(hash)","needsApproval":true
    """

  private static func distribution(_ phase: String, _ more: String = "") -> String {
    """
    {"id":"\(id)",\(head),"status":"pending","phase":"\(phase)","reason":null,"credited":2,"refused":1,\
    "plannedAt":"2026-02-01T00:00:05Z","plannedBy":"game","executedAt":null\(more)}
    """
  }

  private static let undecided = distribution(
    "waiting", #","sums":\#(sums),"decidedAt":null,"decidedBy":null"#)

  private static let line = """
    "leg":1,"userId":"a/b","rank":1,"place":2,"pointType":"gems","amount":5,\
    "ruleId":"019c1234-0000-4000-8000-000000000003","change":"give","takesBack":null
    """

  @Test func `a payout is looked at, then planned by its hash`() async throws {
    let preview = """
      {"preview":true,\(Self.head),"sums":\(Self.sums),"excluded":1,"excludedUsers":["cy"],\
      "lines":[{\(Self.line)}]}
      """
    try await withClient(answering: { request in
      request.body.contains("preview")
        ? ScriptedAnswers.json(preview) : ScriptedAnswers.json(Self.undecided, status: 201)
    }) { points, server in
      let seen = try await points.previewDistribution(of: Self.snapshot)
      #expect(seen.ranks.board.rawValue == "league" && seen.ranks.period == "2026-W05" && seen.needsApproval)
      #expect(seen.sums.map(\.given) == [Int128(UInt64.max) + 1, 5] && seen.sums.map(\.budget) == [nil, 10])
      #expect(seen.excluded == 1 && seen.excludedUsers == ["cy"] && seen.lines.map(\.userID) == ["a/b"])
      #expect(seen.lines.first?.rank == 1 && seen.lines.first?.place == 2 && seen.lines.first?.amount == 5)
      let made = try await points.planDistribution(
        of: Self.snapshot, hash: seen.hash, rulesAt: Timestamp("2026-02-01T00:00:00Z"))
      #expect(made.id == Self.id && made.phase == .waiting && made.status == .pending)
      #expect(made.ranks == seen.ranks && made.sums == seen.sums && made.hash == seen.hash)
      #expect(made.planned.service == "game" && made.decided == nil && made.executedAt == nil)
      #expect((made.winners, made.legs, made.credited, made.refused) == (3, 4, 2, 1))
      #expect(server.requests.map(\.target) == ["/points/distributions", "/points/distributions"])
      let instant = #","rulesAt":"2026-02-01T00:00:00.000000Z""#
      #expect(
        server.requests.map(\.body) == [
          #"{"snapshotId":"\#(Self.snapshot)","preview":true}"#,
          #"{"snapshotId":"\#(Self.snapshot)","hash":"\#(Self.hash)"\#(instant)}"#,
        ])
    }
  }

  @Test func `a payout is approved, rejected and tried again`() async throws {
    let decided = Self.distribution(
      "paying", #","decidedAt":"2026-02-01T00:01:00Z","decidedBy":"treasurer""#)
    try await withClient(answering: { _ in ScriptedAnswers.json(decided) }) { points, server in
      let approved = try await points.approveDistribution(id: Self.id, hash: Self.hash)
      #expect(approved.phase == .paying && approved.decided?.service == "treasurer" && approved.sums == nil)
      try await points.rejectDistribution(id: Self.id, because: "too much")
      try await points.retryDistribution(id: Self.id)
      let path = "/points/distributions/\(Self.id)"
      #expect(
        server.requests.map { "\($0.method) \($0.target)" } == [
          "POST \(path)/approve", "POST \(path)/reject", "POST \(path)/retry",
        ])
      #expect(
        server.requests.map(\.body) == [#"{"hash":"\#(Self.hash)"}"#, #"{"reason":"too much"}"#, ""])
    }
  }

  @Test func `payouts are listed, and found`() async throws {
    let list = #"{"distributions":[\#(Self.undecided)],"nextCursor":"2ab"}"#
    try await withClient(answering: { request in
      ScriptedAnswers.json(request.target.hasSuffix(Self.id) ? Self.undecided : list)
    }) { points, server in
      let page = try await points.distributions(
        pointType: "points", snapshot: Self.snapshot, status: .pending, limit: 1)
      #expect(page.nextCursor == "2ab")
      #expect(page.distributions == [try await points.distribution(id: Self.id)])
      let query = "pointType=points&snapshotId=\(Self.snapshot)&status=pending&limit=1"
      #expect(
        server.requests.map(\.target) == [
          "/points/distributions?\(query)", "/points/distributions/\(Self.id)",
        ])
    }
  }

  @Test func `lines say what became of them`() async throws {
    let outcomes = [
      #""state":"waiting","transactionId":null,"refusal":null,"detail":null,"transactionIds":[]"#,
      #""state":"posted","transactionId":"t","refusal":null,"detail":null,"transactionIds":["s","t"]"#,
      #""state":"refused","transactionId":null,"refusal":"user_disabled","detail":"The user is disabled.","#
        + #""transactionIds":["s"]"#,
      #""state":"pondered","transactionId":null,"refusal":null,"detail":null,"transactionIds":[]"#,
    ]
    let lines = outcomes.map { "{\(Self.line),\($0)}" }.joined(separator: ",")
    let rest = #""outstanding":3,"attempts":2,"refusal":null,"detail":null"#
    try await withClient(answering: { request in
      ScriptedAnswers.json(
        request.target.contains("outstanding")
          ? #"{"distributionId":"x","lines":[{\#(Self.line),\#(rest)}],"nextCursor":null}"#
          : #"{"distributionId":"x","lines":[\#(lines)],"nextCursor":"2cd"}"#)
    }) { points, server in
      let page = try await points.distributionLines(id: Self.id, limit: 4)
      #expect(
        page.lines.map(\.outcome) == [
          .waiting, .posted(transactionID: "t"), .refused("user_disabled", detail: "The user is disabled."),
          .other("pondered"),
        ])
      #expect(page.lines.map(\.transactionIDs) == [[], ["s", "t"], ["s"], []])
      #expect(page.nextCursor == "2cd" && page.lines.first?.line.pointType == "gems")
      let left = try await points.outstandingLines(ofDistribution: Self.id, cursor: "2cd")
      #expect(left.lines.map(\.outstanding) == [3] && left.lines.first?.attempts == 2)
      #expect(left.lines.first?.refusal == nil && left.nextCursor == nil)
      let path = "/points/distributions/\(Self.id)/transactions"
      #expect(
        server.requests.map(\.target) == ["\(path)?limit=4", "\(path)?outstanding=true&cursor=2cd"])
    }
  }

  @Test func `a transaction tells why it was made, if a payout made it`() async throws {
    let body = """
      {"transactionId":"t","distributionId":"\(Self.id)","isCorrection":false,\
      "snapshotId":"\(Self.snapshot)",\
      "ranks":{"pointType":"points","board":"league","category":"raids","period":null},"line":{\(Self.line)},\
      "rule":{"id":"r","name":null,"revision":2},"score":30,"reachedAt":"2026-01-31T12:00:00Z",\
      "explanation":"/points/leaderboard/explain?userId=a"}
      """
    try await withClient(answering: { request in
      request.target.contains("/t/")
        ? ScriptedAnswers.json(body)
        : ScriptedAnswers.problem(404, "not_found")
    }) { points, server in
      let reason = try #require(try await points.rewardReason(transaction: "t"))
      #expect(reason.explanation == "/points/leaderboard/explain?userId=a")
      #expect(reason.distributionID == Self.id && reason.ranks.snapshotID == Self.snapshot)
      #expect(reason.ranks.category == "raids" && reason.line.rank == 1 && reason.score == 30)
      #expect(reason.rule?.revision == 2 && reason.rule?.name == nil && reason.line.takesBack == nil)
      #expect(try await points.rewardReason(transaction: "u") == nil)
      #expect(
        server.requests.map(\.target) == [
          "/points/transactions/t/reward", "/points/transactions/u/reward",
        ])
    }
  }
}

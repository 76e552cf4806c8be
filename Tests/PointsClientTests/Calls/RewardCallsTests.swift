// Calls about rules and terms of rewards: what is sent, and how answers are read.
import Testing

@testable import PointsClient

@Suite struct RewardCallsTests {
  private static let id = "019c1234-0000-7000-8000-000000000001"
  private static let validity = """
    "validFrom":"2026-02-01T00:00:00Z","validUntil":null,"decidedBy":"office","endedBy":null
    """
  private static let scope = #""pointType":"points","board":"league","boardId":"\#(id)","category":null"#
  private static let rule = """
    {"id":"\(id)","revision":2,\(scope),"name":null,"minRank":1,"maxRank":3,"abovePercent":null,\
    "topPercent":null,"rewardPointType":"gems","rewardAmount":50,\
    "rewards":[{"pointType":"gems","amount":50}],"active":true,\(validity)
    """
  private static let warnings = """
    "warnings":[{"code":"gap","detail":"No active rule reaches rank 4.","minRank":4,"maxRank":4,\
    "abovePercent":null,"topPercent":null}]
    """

  @Test func `rules are made, changed and removed`() async throws {
    try await withClient(answering: { request in
      switch request.method {
      case "POST": ScriptedAnswers.json("\(Self.rule),\(Self.warnings)}", status: 201)
      case "DELETE": ScriptedAnswers.json("", status: 204)
      default: ScriptedAnswers.json("\(Self.rule),\"warnings\":[]}")
      }
    }) { points, server in
      let made = try await points.createRewardRule(
        .ranks(1...3), rewards: [Reward(50, of: "gems")], board: "league", name: "Podium")
      #expect(made.id == Self.id && made.revision == 2 && made.reach == .ranks(1...3))
      #expect(made.rewards == [Reward(50, of: "gems")] && made.isActive && made.name == nil)
      #expect(made.scope.board == "league" && made.scope.boardID == Self.id && made.scope.category == nil)
      #expect(made.validity.decidedBy == "office" && made.validity.until == nil)
      #expect(made.warnings.map(\.code) == ["gap"])
      let changed = try await points.changeRewardRule(
        id: Self.id, .percent(above: 0.1, top: 12.345), name: .clear, isActive: false)
      #expect(changed.warnings.isEmpty)
      try await points.removeRewardRule(id: Self.id)
      let path = "/points/reward-rules"
      #expect(
        server.requests.map { "\($0.method) \($0.target)" }
          == ["POST \(path)", "PATCH \(path)/\(Self.id)", "DELETE \(path)/\(Self.id)"])
      let members = [
        #""board":"league""#, #""name":"Podium""#, #""minRank":1"#, #""maxRank":3"#,
        #""rewards":[{"pointType":"gems","amount":50}]"#, #""active":true"#,
      ]
      #expect(server.requests[0].body == "{\(members.joined(separator: ","))}")
      let percent = #""abovePercent":0.10,"topPercent":12.35"#
      let other = #""abovePercent":0.10,"topPercent":12.34"#
      let bodies = [percent, other].map { #"{"name":null,\#($0),"active":false}"# }
      #expect(bodies.contains(server.requests[1].body))
    }
  }

  @Test func `rules are read as they are and as they were`() async throws {
    let share = Self.rule.replacing(
      #""minRank":1,"maxRank":3,"abovePercent":null,"topPercent":null"#,
      with: #""minRank":null,"maxRank":null,"abovePercent":0.00,"topPercent":12.50"#)
    try await withClient(answering: { request in
      if request.target.contains("/versions") {
        return ScriptedAnswers.json(#"{"versions":[\#(Self.rule)},\#(share)}],"nextBefore":1}"#)
      }
      if request.target.contains(Self.id) { return ScriptedAnswers.json(Self.rule + "}") }
      return ScriptedAnswers.json(#"{"at":"2026-02-01T00:00:00Z","rules":[\#(share)}]}"#)
    }) { points, server in
      let instant = try #require(Timestamp("2026-02-01T00:00:00Z"))
      let list = try await points.rewardRules(board: "league", isActive: true, at: instant)
      #expect(list.at == instant && list.rules.map(\.reach) == [.percent(above: 0, top: 12.5)])
      let rule = try await points.rewardRule(id: Self.id, at: instant)
      #expect(rule.reach == .ranks(1...3))
      let versions = try await points.rewardRuleVersions(id: Self.id, before: 9, limit: 2)
      #expect(versions.versions.first == rule && versions.versions.count == 2 && versions.nextBefore == 1)
      let at = "at=2026-02-01T00%3A00%3A00.000000Z"
      let path = "/points/reward-rules"
      #expect(
        server.requests.map(\.target) == [
          "\(path)?board=league&active=true&\(at)", "\(path)/\(Self.id)?\(at)",
          "\(path)/\(Self.id)/versions?limit=2&before=9",
        ])
    }
  }

  @Test func `terms are set, read and removed`() async throws {
    let terms = """
      {"revision":3,\(Self.scope),"ties":"split","budgets":[{"pointType":"gems","amount":900}],\
      "approval":"other_service","automatic":true,\(Self.validity)}
      """
    try await withClient(answering: { request in
      switch request.method {
      case "PUT": ScriptedAnswers.json(terms)
      case "DELETE": ScriptedAnswers.json("", status: 204)
      default: ScriptedAnswers.json(#"{"at":"2026-02-01T00:00:00Z","terms":[\#(terms)]}"#)
      }
    }) { points, server in
      let set = try await points.setRewardTerms(
        board: "league", ties: .split, budgets: [Reward(900, of: "gems")], needsApproval: true,
        isAutomatic: true)
      #expect(set.revision == 3 && set.ties == .split && set.budgets == [Reward(900, of: "gems")])
      #expect(set.needsApproval && set.isAutomatic && set.scope.board == "league")
      #expect(try await points.rewardTerms(pointType: "points").terms == [set])
      try await points.removeRewardTerms(board: "league")
      let path = "/points/reward-terms"
      #expect(
        server.requests.map { "\($0.method) \($0.target)" }
          == ["PUT \(path)", "GET \(path)?pointType=points", "DELETE \(path)?board=league"])
      let body = """
        {"board":"league","ties":"split","budgets":[{"pointType":"gems","amount":900}],\
        "approval":"other_service","automatic":true}
        """
      #expect(server.requests[0].body == body)
    }
  }
}

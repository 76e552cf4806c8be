// Every writing call: what is sent, and what is read from the answer.
import PointsClient
import Testing

struct WriteCallsTests {
  @Test func `an award reads like the documentation and sends what it says`() async throws {
    try await withClient(answering: { _ in ScriptedAnswers.json(ScriptedAnswers.receipt, status: 201) }) {
      points, server in
      let receipt = try await points.award(userID: "123", amount: 10, reason: "Event participation")
      #expect(receipt.transaction.id == "t-1")
      #expect(receipt.transaction.type == .credit)
      #expect(receipt.transaction.metadata?["match"]?.integer == 7)
      #expect(receipt.transaction.createdAt == Timestamp("2026-01-31T12:00:00.000001Z"))
      #expect(receipt.transaction.category == nil)
      #expect(receipt.balance.balance == 10)
      #expect(receipt.isProjected && !receipt.isReplayed)
      let request = try #require(server.requests.first)
      #expect((request.method, request.target) == ("POST", "/points/award"))
      #expect(request.body == #"{"userId":"123","amount":10,"reason":"Event participation"}"#)
      #expect(request.fields["authorization"] == "Bearer pts_test")
      #expect(request.fields["accept"] == "application/json")
      #expect(request.fields["content-type"] == "application/json")
      #expect(request.fields["host"] == "127.0.0.1:\(server.port)")
      #expect(request.key?.utf8.count == 36)
    }
  }

  @Test func `a deduction sends every detail and notices a replay`() async throws {
    let answer = ScriptedAnswers.json(
      ScriptedAnswers.receipt, status: 201, fields: "Idempotent-Replayed: true\r\n")
    try await withClient(answering: { _ in answer }) { points, server in
      let receipt = try await points.deduct(
        userID: "ü/?", amount: .max, pointType: "gold", kind: "purchase", category: "shop", reason: "r",
        description: "d", actor: "a", validatorID: "v", tournamentID: "t", registrationID: "g",
        relatedTo: "x", occurredAt: Timestamp(microseconds: 1), metadata: ["b": 1, "a": 2.5],
        idempotencyKey: "order-\(42)")
      #expect(receipt.isReplayed)
      let request = try #require(server.requests.first)
      #expect(request.target == "/points/deduct")
      #expect(request.key == "order-42")
      #expect(
        request.body == """
          {"userId":"ü/?","amount":9223372036854775807,"pointType":"gold","kind":"purchase",\
          "category":"shop","reason":"r","description":"d","actor":"a","validatorId":"v",\
          "tournamentId":"t","registrationId":"g","relatedTo":"x",\
          "occurredAt":"1970-01-01T00:00:00.000001Z","metadata":{"a":2.5,"b":1}}
          """)
    }
  }

  @Test func `a posting sends its legs`() async throws {
    try await withClient(
      answering: { _ in ScriptedAnswers.json(ScriptedAnswers.postingReceipt, status: 201) }
    ) { points, server in
      let receipt = try await points.post(
        [Leg(.debit, userID: "a", amount: 5), Leg(.credit, userID: "b", amount: 5, kind: "gift")],
        idempotencyKey: nil)
      #expect(receipt.posting.transactions.count == 1)
      #expect(receipt.balances.map(\.version) == [1])
      #expect(!receipt.isProjected)
      let request = try #require(server.requests.first)
      #expect(request.key == nil)
      #expect(
        request.body == """
          {"legs":[{"type":"debit","userId":"a","amount":5},\
          {"type":"credit","userId":"b","amount":5,"kind":"gift"}]}
          """)
    }
  }

  @Test func `a batch tells each posting's own outcome`() async throws {
    let answer = ScriptedAnswers.json(
      """
      {"results":[{"status":201,"replayed":true,"posting":\(ScriptedAnswers.posting),\
      "balances":[\(ScriptedAnswers.state)],"projected":true},{"status":409,"replayed":false,"problem":\
      {"type":"/problems/insufficient_balance","title":"t","status":409,"code":"insufficient_balance",\
      "detail":"7 points are missing.","missing":7,"available":3}}]}
      """)
    try await withClient(answering: { _ in answer }) { points, server in
      let results = try await points.post(batch: [
        PostingDraft([Leg(.credit, userID: "a", amount: 1)], idempotencyKey: "k1"),
        PostingDraft([Leg(.debit, userID: "b", amount: 10)], idempotencyKey: "k2"),
      ])
      guard case .posted(let receipt) = results[0], case .refused(let problem, isReplayed: false) = results[1]
      else {
        Issue.record("\(results)")
        return
      }
      #expect(receipt.isReplayed && receipt.isProjected)
      #expect(problem.code == .insufficientBalance)
      #expect((problem.missing, problem.available) == (7, 3))
      let request = try #require(server.requests.first)
      #expect(request.target == "/points/postings/batch")
      #expect(
        request.body == """
          {"postings":[{"idempotencyKey":"k1","legs":[{"type":"credit","userId":"a","amount":1}]},\
          {"idempotencyKey":"k2","legs":[{"type":"debit","userId":"b","amount":10}]}]}
          """)
    }
  }

  @Test func `reversals name what they take back and what remains`() async throws {
    try await withClient(
      answering: { request in
        let inner =
          request.target.contains("/transactions/")
          ? ScriptedAnswers.receipt : ScriptedAnswers.postingReceipt
        return ScriptedAnswers.json(inner.dropLast() + #","remaining":4}"#, status: 201)
      }
    ) { points, server in
      let one = try await points.reverse(transaction: "t/1", amount: 6, allowPartial: true, reason: "oops")
      #expect((one.remaining, one.receipt.transaction.id) == (4, "t-1"))
      let all = try await points.reverse(
        posting: "p-1", relatedTo: "x", occurredAt: Timestamp(microseconds: 0))
      #expect((all.remaining, all.receipt.posting.id) == (4, "p-1"))
      #expect(
        server.requests.map(\.target) == [
          "/points/transactions/t%2F1/reverse", "/points/postings/p-1/reverse",
        ])
      #expect(
        server.requests.map(\.body) == [
          #"{"amount":6,"allowPartial":true,"reason":"oops"}"#,
          #"{"relatedTo":"x","occurredAt":"1970-01-01T00:00:00.000000Z"}"#,
        ])
    }
  }

  @Test func `users and point types are kept`() async throws {
    let type = """
      {"id":"i","name":"gold","displayName":"Gold","description":null,"enabled":true,"minAmount":1,\
      "maxAmount":null,"createdAt":"2026-01-31T12:00:00Z","updatedAt":"2026-01-31T12:00:00Z"}
      """
    let user = """
      {"userId":"u 1","displayName":"Ada","enabled":false,"metadata":{"a":1},\
      "createdAt":"2026-01-31T12:00:00Z","updatedAt":"2026-01-31T12:00:00Z"}
      """
    try await withClient(
      answering: { request in
        if request.method == "DELETE" { return "HTTP/1.1 204 No Content\r\n\r\n" }
        if request.target == "/points/types", request.method == "GET" {
          return ScriptedAnswers.json(#"{"types":[\#(type)]}"#)
        }
        return ScriptedAnswers.json(
          request.target.contains("types")
            ? type : user)
      }
    ) { points, server in
      let user = try await points.setUser(userID: "u 1", displayName: "Ada", isEnabled: false)
      #expect((user.userID, user.displayName, user.isEnabled) == ("u 1", "Ada", false))
      #expect(try await points.user(userID: "u 1").metadata == ["a": 1])
      #expect(try await points.createPointType(name: "gold", displayName: "Gold").minAmount == 1)
      #expect(try await points.pointTypes().map(\.name) == ["gold"])
      #expect(try await points.pointType("gold").isEnabled)
      try await points.changePointType("gold", description: .clear, maxAmount: .set(5))
      try await points.deletePointType("gold")
      #expect(
        server.requests.map { "\($0.method) \($0.target) \($0.body)" } == [
          #"PUT /points/users/u%201 {"displayName":"Ada","enabled":false}"#,
          "GET /points/users/u%201 ",
          #"POST /points/types {"name":"gold","displayName":"Gold","enabled":true}"#,
          "GET /points/types ", "GET /points/types/gold ",
          #"PATCH /points/types/gold {"description":null,"maxAmount":5}"#, "DELETE /points/types/gold ",
        ])
    }
  }

  @Test func `a refusal says all that the service said`() async throws {
    let answer = ScriptedAnswers.problem(
      409, "insufficient_balance", fields: "X-Request-Id: r-9\r\n",
      members: #","missing":7,"available":3,"extra":{"a":[1]}"#)
    try await withClient(answering: { _ in answer }) { points, _ in
      let error = await pointsError { () throws(PointsError) in
        try await points.deduct(userID: "1", amount: 10)
      }
      guard case .refused(let problem) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect((problem.status, problem.code, problem.detail) == (409, .insufficientBalance, "A detail."))
      #expect((problem.missing, problem.available, problem.requestID) == (7, 3, "r-9"))
      #expect(problem.members == ["missing": 7, "available": 3, "extra": ["a": [1]]])
    }
  }

  @Test func `a wrong key of one's own is refused before anything is sent`() async throws {
    try await withClient(answering: { _ in "" }) { points, server in
      for key: IdempotencyKey in ["", "a b", "a\r\nb: c", IdempotencyKey(String(repeating: "k", count: 256))]
      {
        let error = await pointsError { () throws(PointsError) in
          try await points.award(userID: "1", amount: 1, idempotencyKey: key)
        }
        guard case .invalidArgument = error else {
          Issue.record("\(key) was sent")
          continue
        }
      }
      #expect(server.requests.isEmpty)
    }
  }
}

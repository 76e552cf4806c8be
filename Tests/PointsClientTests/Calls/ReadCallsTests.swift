// Every reading call: what is asked, and what is read from the answer.
import PointsClient
import Testing

struct ReadCallsTests {
  @Test func `a balance says what there is and how new that is`() async throws {
    try await withClient(answering: { _ in ScriptedAnswers.json(ScriptedAnswers.balance()) }) {
      points, server in
      let balance = try await points.balance(userID: "123")
      #expect((balance.balance, balance.available, balance.held) == (10, 8, 2))
      #expect((balance.totalEarned, balance.totalSpent, balance.transactionCount) == (12, 2, 3))
      #expect((balance.version, balance.source, balance.pointType) == (3, .redis, "points"))
      #expect(balance.history == nil)
      _ = try await points.balance(
        userID: "a&b=ü", pointType: "gold", minVersion: 7, consistency: .ledger, includingHistory: true)
      #expect(
        server.requests.map(\.target) == [
          "/points/balance?userId=123",
          "/points/balance?userId=a%26b%3D%C3%BC&pointType=gold&minVersion=7&consistency=ledger"
            + "&include=history",
        ])
    }
  }

  @Test func `a balance can bring its history`() async throws {
    let body = ScriptedAnswers.balance().dropLast() + #","history":[\#(ScriptedAnswers.transaction)]}"#
    try await withClient(answering: { _ in ScriptedAnswers.json(String(body)) }) { points, _ in
      let balance = try await points.balance(userID: "123", includingHistory: true)
      #expect(balance.history?.map(\.after) == [10])
    }
  }

  @Test func `a past balance says what was known then`() async throws {
    let body = """
      {"userId":"u","pointType":"points","at":"2026-01-31T12:00:00Z","balance":4,"totalEarned":5,\
      "totalSpent":1,"transactionCount":2,"lastTransactionAt":null,"version":2,"source":"ledger"}
      """
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let instant = try #require(Timestamp("2026-01-31T12:00:00Z"))
      let balance = try await points.balance(userID: "u", at: instant)
      #expect((balance.balance, balance.version, balance.instant) == (4, 2, instant))
      #expect(
        server.requests.map(\.target) == ["/points/balance?userId=u&at=2026-01-31T12%3A00%3A00.000000Z"])
    }
  }

  @Test func `balances of all types need not repeat the user`() async throws {
    let body = #"{"userId":"u","balances":[{\#(ScriptedAnswers.balanceMembers)}]}"#
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let balances = try await points.allBalances(userID: "u")
      #expect(balances.map(\.userID) == ["u"])
      #expect(server.requests.first?.target == "/points/balance?userId=u&pointType=%2A")
    }
  }

  @Test func `many balances come in the order they were asked for`() async throws {
    let body = #"{"balances":[\#(ScriptedAnswers.balance(of: "b")),\#(ScriptedAnswers.balance(of: "a"))]}"#
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let balances = try await points.balances([
        Account(userID: "b", pointType: "gold"), Account(userID: "a"),
      ])
      #expect(balances.map(\.userID) == ["b", "a"])
      #expect(
        server.requests.first?.body
          == #"{"accounts":[{"userId":"b","pointType":"gold"},{"userId":"a"}]}"#)
      #expect(server.requests.first?.key == nil)
      let error = await pointsError { () throws(PointsError) in try await points.balances(userIDs: ["a"]) }
      #expect(error == .invalidAnswer("it has 2 balances for 1 accounts"))
    }
  }

  @Test func `a leaderboard comes with figures beyond 64 bits`() async throws {
    let body = """
      {"pointType":"gold","board":"earned","entries":[{"rank":1,"userId":"a","displayName":"Ada",\
      "score":9223372036854775807,"reachedAt":"2026-01-31T12:00:00Z"},{"rank":1,"userId":"b",\
      "displayName":null,"score":9223372036854775807,"reachedAt":null}],"members":2,"statistics":\
      {"sum":18446744073709551614,"average":9223372036854775807.0,"median":9.5},"position":41,\
      "source":"redis","asOf":"2026-01-31T12:00:01Z","unheardOf":{}}
      """
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let page = try await points.leaderboard(pointType: "gold", board: .earned, limit: 10)
      #expect(page.entries.map(\.userID) == ["a", "b"])
      #expect(page.entries.map(\.score) == [.max, .max])
      #expect(page.statistics?.sum == 18_446_744_073_709_551_614)
      #expect((page.statistics?.median, page.members, page.position) == (9.5, 2, 41))
      #expect((page.board, page.source) == (.earned, .redis))
      #expect(page.asOf != nil)
      #expect(
        server.requests.first?.target == "/points/leaderboard?pointType=gold&board=earned&limit=10")
    }
  }

  @Test func `a rank says how far the next one is and nobody's rank is nil`() async throws {
    let body = """
      {"userId":"a","displayName":"Ada","rank":2,"score":10,"reachedAt":"2026-01-31T12:00:00Z","members":4,\
      "percentile":75.00,"missing":5,"position":null,"source":"ledger"}
      """
    try await withClient(
      answering: { request in
        switch request.target {
        case "/points/leaderboard/rank?userId=a": ScriptedAnswers.json(body)
        case "/points/leaderboard/rank?userId=b": ScriptedAnswers.problem(404, "not_ranked")
        case _: ScriptedAnswers.problem(404, "not_found")
        }
      }
    ) { points, _ in
      let rank = try await points.rank(userID: "a")
      #expect((rank?.rank, rank?.missing, rank?.percentile, rank?.members) == (2, 5, 75, 4))
      #expect(rank?.source == .ledger)
      #expect(try await points.rank(userID: "b") == nil)
      let error = await pointsError { () throws(PointsError) in try await points.rank(userID: "c") }
      guard case .refused(let problem) = error, problem.code == .notFound else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func `neighbours are found around a user and a score`() async throws {
    let body = """
      {"pointType":"points","board":"balance","entries":[{"rank":8,"userId":"a","displayName":"A","score":6,\
      "reachedAt":"2026-01-31T12:00:00Z"}],"offset":7,"members":9,"position":3,"source":"redis"}
      """
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let around = try await points.leaderboard(aroundUser: "a", count: 5)
      #expect(around.entries.map(\.rank) == [8])
      #expect((around.offset, around.members, around.position) == (7, 9, 3))
      _ = try await points.leaderboard(aroundScore: -3)
      #expect(
        server.requests.map(\.target) == [
          "/points/leaderboard/around?userId=a&count=5", "/points/leaderboard/around?score=-3",
        ])
    }
  }

  @Test func `friends are ranked among each other`() async throws {
    let body = """
      {"pointType":"points","board":"balance","entries":[{"rank":8,"userId":"b","displayName":null,"score":6,\
      "reachedAt":"2026-01-31T12:00:00Z","localRank":1}],"unranked":["x"],"members":9,"position":null,\
      "source":"ledger","asOf":"2026-01-31T12:00:00Z"}
      """
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let friends = try await points.leaderboard(userIDs: ["b", "x"], board: .balance)
      #expect(friends.entries.map(\.localRank) == [1])
      #expect(friends.entries.map(\.entry.rank) == [8])
      #expect(friends.unranked == ["x"])
      #expect(friends.asOf != nil)
      #expect(server.requests.map(\.target) == ["/points/leaderboard/users"])
      #expect(server.requests.map(\.body) == [#"{"userIds":["b","x"],"board":"balance"}"#])
    }
  }

  @Test func `a history is walked page by page and no further than wanted`() async throws {
    try await withClient(
      answering: { request in
        let next = request.target.contains("cursor=c%2F2") ? "null" : #""c/2""#
        return ScriptedAnswers.json(
          #"{"transactions":[\#(ScriptedAnswers.transaction)],"nextCursor":\#(next)}"#)
      }
    ) { points, server in
      var count = 0
      for try await page in points.historyPages(userID: "u", kind: "award", limit: 1) {
        count += page.transactions.count
      }
      #expect(count == 2)
      for try await _ in points.historyPages(userID: "u") { break }
      let page = try await points.history(userID: "u", from: Timestamp(microseconds: 0), cursor: "c/2")
      #expect(page.nextCursor == nil)
      #expect(
        server.requests.map(\.target) == [
          "/points/history?userId=u&kind=award&limit=1",
          "/points/history?userId=u&kind=award&limit=1&cursor=c%2F2", "/points/history?userId=u",
          "/points/history?userId=u&from=1970-01-01T00%3A00%3A00.000000Z&cursor=c%2F2",
        ])
    }
  }

  @Test func `what was posted can be looked up`() async throws {
    try await withClient(
      answering: { request in
        ScriptedAnswers.json(
          request.target == "/points/transactions/t-1" ? ScriptedAnswers.transaction : ScriptedAnswers.posting
        )
      }
    ) { points, _ in
      let transaction = try await points.transaction(id: "t-1")
      #expect(transaction.postingID == "p-1")
      let posting = try await points.posting(id: "p-1")
      #expect(posting.transactions == [transaction])
    }
  }

  @Test(arguments: [
    "", "[]", "null", "{", #"{"userId":1}"#, "{}",
    #"{"userId":"a","pointType":"p","balance":1.0,"available":1,"held":0}"#,
    #"{"userId":"a","pointType":"p","balance":9223372036854775808,"available":1,"held":0}"#,
    #"{"userId":"a","userId":"b"}"#,
  ])
  func `a body that is not what it must be is an invalid answer`(body: String) async throws {
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let error = await pointsError { () throws(PointsError) in try await points.balance(userID: "a") }
      guard case .invalidAnswer = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(server.requests.count == 1)
    }
  }
}

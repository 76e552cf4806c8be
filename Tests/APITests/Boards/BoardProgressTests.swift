// Explanations, shares and spreads of the boards that every type has, from Redis and from the ledger: the
// answers are the same but for their origin.
import Ledger
import LedgerStore
import Testing

@testable import API

@Suite(.serialized) struct BoardProgressTests {
  /// ada 30, bob and cy 20 each, dan 10; bob came to 20 before cy.
  private static func fill(_ worker: ReadRoutesUnderTest) async throws {
    for (user, amount) in [("ada", 30), ("bob", 20), ("cy", 20), ("dan", 15)] {
      try await worker.award(Int64(amount), to: user)
    }
    try await worker.deduct(5, from: "dan")
  }

  private static func passers(_ answer: Answered, _ member: String) -> [String] {
    (0..<9).compactMap { answer["passedBy.users.\($0).\(member)"] }
  }

  @Test(arguments: [true, false])
  func `a score is explained with or without Redis`(withRedis: Bool) async throws {
    var settings = ReadRoutesUnderTest.Settings()
    settings.rankings.interval = .zero
    try await ReadRoutesUnderTest.running(withRedis: withRedis, settings) { worker in
      try await Self.fill(worker)
      let since = Instant.now.rfc3339
      try await worker.award(9, to: "cy")
      try await worker.deduct(25, from: "ada")
      let path = "/points/leaderboard/explain?since=\(since)&userId="
      let ada = try await worker.get("\(path)ada", as: .service)
      #expect(ada.all("entries", "contribution") == ["-25", "30"] && ada["score"] == "5")
      #expect(ada["rank"] == "4" && ada["version"] == "2" && ada["members"] == "4")
      // The nearest first; nobody else has moved but cy.
      #expect(Self.passers(ada, "userId") == ["dan", "bob", "cy"])
      #expect(Self.passers(ada, "scoreThen") == ["10", "20", "20"])
      #expect(ada["passedBy.scoreThen"] == "30" && ada["passedBy.truncated"] == "false")
      #expect(ada["source"] == (withRedis ? "redis" : "ledger"))
      let bob = try await worker.get("\(path)bob", as: .service)
      #expect(Self.passers(bob, "userId") == ["cy"] && Self.passers(bob, "then") == ["level"])
      let dan = try await worker.get("\(path)dan&board=earned", as: .service)
      #expect(dan.all("entries", "contribution") == ["15"] && Self.passers(dan, "userId").isEmpty)
      #expect(try await worker.get("\(path)eve", as: .service).problem == "404 not_ranked")
    }
  }

  @Test func `a long chain is searched page by page, and what is posted meanwhile is not of it`() async throws
  {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      // The worker reads 50 versions at once at most, three times a page.
      for amount in 1...30 { try await worker.award(Int64(amount), to: "ada") }
      for _ in 0..<220 { try await worker.deduct(1, from: "ada") }
      let path = "/points/leaderboard/explain?userId=ada&board=earned&limit=7"
      var page = try await worker.get(path)
      let score = try #require(page["score"].flatMap { Int64($0) })
      try await worker.award(500, to: "ada")
      var (sum, pages) = (Int64(0), 0)
      while true {
        sum += page.all("entries", "contribution").compactMap { $0.flatMap { Int64($0) } }.reduce(0, +)
        pages += 1
        guard let cursor = page["nextCursor"], cursor != "null" else { break }
        page = try await worker.get("\(path)&cursor=\(cursor)")
      }
      #expect(score == 465 && sum == score && pages > 5)
    }
  }

  @Test(arguments: [true, false])
  func `shares and spreads are told with or without Redis`(withRedis: Bool) async throws {
    try await ReadRoutesUnderTest.running(withRedis: withRedis) { worker in
      let empty = try await worker.get("/points/leaderboard/distribution", as: .reader)
      #expect(empty["members"] == "0" && empty["lowest"] == "null" && empty.count("buckets") == 0)
      let nobody = try await worker.get("/points/leaderboard?topPercent=100&board=earned", as: .reader)
      #expect(nobody.count("entries") == 0 && nobody["topMembers"] == "0")
    }
    try await ReadRoutesUnderTest.running(withRedis: withRedis) { worker in
      try await Self.fill(worker)
      let all: [String?] = ["ada", "bob", "cy", "dan"]
      for (percent, count) in [("25", 1), ("25.01", 3), ("75.01", 4)] {
        let users = Array(all.prefix(count))
        let page = try await worker.get("/points/leaderboard?topPercent=\(percent)", as: .reader)
        #expect(page.all("entries", "userId") == users && page["topMembers"] == "\(users.count)")
        let rest = try await worker.get("/points/leaderboard?topPercent=\(percent)&offset=2", as: .reader)
        #expect(rest.all("entries", "userId") == Array(users.dropFirst(2)))
      }
      let spread = try await worker.get("/points/leaderboard/distribution?buckets=2", as: .reader)
      #expect(spread["lowest"] == "10" && spread["highest"] == "30" && spread["members"] == "4")
      #expect(spread["statistics.sum"] == "80" && spread["statistics.median"] == "20.00")
      #expect(
        spread.all("buckets", "from") == ["10", "21"] && spread.all("buckets", "members") == ["3", "1"])
      #expect(spread.all("percentiles", "score") == ["10", "10", "10", "10", "20", "20", "30", "30", "30"])
      #expect(spread["source"] == (withRedis ? "redis" : "ledger"))
    }
  }
}

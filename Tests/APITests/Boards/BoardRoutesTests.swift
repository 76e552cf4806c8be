// Boards as callers see them, from Redis and from the ledger: the answers are the same but for their origin.
import Ledger
import LedgerStore
import Testing

@testable import API

@Suite(.serialized) struct BoardRoutesTests {
  /// ada 30, bob and cy 20 each, dan 10; bob came to 20 before cy.
  private static func fill(_ worker: ReadRoutesUnderTest) async throws {
    for (user, amount) in [("ada", 30), ("bob", 20), ("cy", 20), ("dan", 15)] {
      try await worker.award(Int64(amount), to: user)
    }
    try await worker.deduct(5, from: "dan")
    _ = try await worker.send("PUT", "/points/users/ada", #"{"displayName":"Ada"}"#)
  }

  @Test(arguments: [true, false])
  func `a page has ranks, names, members and statistics`(withRedis: Bool) async throws {
    try await ReadRoutesUnderTest.running(withRedis: withRedis) { worker in
      try await Self.fill(worker)
      let page = try await worker.get("/points/leaderboard", as: .reader)
      #expect(page.all("entries", "userId") == ["ada", "bob", "cy", "dan"])
      #expect(page.all("entries", "rank") == ["1", "2", "2", "4"])
      #expect(page.all("entries", "score") == ["30", "20", "20", "10"])
      #expect(page.all("entries", "displayName") == ["Ada", "null", "null", "null"])
      #expect(page["pointType"] == "points" && page["board"] == "balance" && page["members"] == "4")
      #expect(page["statistics.sum"] == "80" && page["statistics.average"] == "20.00")
      #expect(page["statistics.median"] == "20.00")
      #expect(page["source"] == (withRedis ? "redis" : "ledger"))
      #expect(page["position"] == (withRedis ? "1" : "null") && (page["asOf"] == nil) == withRedis)
      let rest = try await worker.get("/points/leaderboard?board=earned&limit=2&offset=2", as: .reader)
      #expect(rest.all("entries", "userId") == ["cy", "dan"])
      #expect(rest.all("entries", "score") == ["20", "15"] && rest.all("entries", "rank") == ["2", "4"])
      let behind = try await worker.get("/points/leaderboard?offset=9", as: .reader)
      #expect(behind.count("entries") == 0 && behind["members"] == "4")
    }
  }

  @Test(arguments: [true, false])
  func `a rank tells what is missing to the next`(withRedis: Bool) async throws {
    try await ReadRoutesUnderTest.running(withRedis: withRedis) { worker in
      try await Self.fill(worker)
      let dan = try await worker.get("/points/leaderboard/rank?userId=dan", as: .reader)
      #expect(dan["rank"] == "4" && dan["missing"] == "10" && dan["percentile"] == "25.00")
      #expect(dan["members"] == "4" && dan["score"] == "10")
      let ada = try await worker.get("/points/leaderboard/rank?userId=ada", as: .reader)
      #expect(ada["rank"] == "1" && ada["missing"] == "null" && ada["displayName"] == "Ada")
      #expect(ada["percentile"] == "100.00")
      let eve = try await worker.get("/points/leaderboard/rank?userId=eve", as: .reader)
      #expect(eve.problem == "404 not_ranked")
      let speed = try await worker.get("/points/leaderboard/around?userId=ada&board=speed", as: .reader)
      #expect(speed.problem == "404 not_found")
    }
  }

  @Test(arguments: [true, false])
  func `neighbours of a user and of a score`(withRedis: Bool) async throws {
    try await ReadRoutesUnderTest.running(withRedis: withRedis) { worker in
      try await Self.fill(worker)
      let cy = try await worker.get("/points/leaderboard/around?userId=cy&count=3", as: .reader)
      #expect(
        cy.all("entries", "userId") == ["bob", "cy", "dan"] && cy.all("entries", "rank") == ["2", "2", "4"])
      let ada = try await worker.get("/points/leaderboard/around?userId=ada&count=3", as: .reader)
      #expect(ada.all("entries", "userId") == ["ada", "bob", "cy"])
      let score = try await worker.get("/points/leaderboard/around?score=25&count=2", as: .reader)
      #expect(score.all("entries", "userId") == ["ada", "bob"])
      let everyone = try await worker.get("/points/leaderboard/around?score=-5", as: .reader)
      #expect(everyone.all("entries", "userId") == ["ada", "bob", "cy", "dan"])
      let eve = try await worker.get("/points/leaderboard/around?userId=eve", as: .reader)
      #expect(eve.problem == "404 not_ranked")
      for wrong in ["", "?userId=ada&score=1", "?userId=ada&count=0"] {
        let answer = try await worker.get("/points/leaderboard/around\(wrong)", as: .reader)
        #expect(answer.problem == "400 validation_failed")
      }
    }
  }

  @Test(arguments: [true, false])
  func `a list of users has local ranks, and names who is not ranked`(withRedis: Bool) async throws {
    try await ReadRoutesUnderTest.running(withRedis: withRedis) { worker in
      try await Self.fill(worker)
      let body = #"{"userIds":["dan","eve","cy","bob","dan"]}"#
      let answer = try await worker.send("POST", "/points/leaderboard/users", body, as: .reader)
      #expect(answer.all("entries", "userId") == ["bob", "cy", "dan"])
      #expect(answer.all("entries", "localRank") == ["1", "1", "3"])
      #expect(answer.all("entries", "rank") == ["2", "2", "4"])
      #expect(answer.count("unranked") == 1 && answer["unranked.0"] == "eve" && answer["members"] == "4")
    }
  }

  @Test func `an empty board has no statistics`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let page = try await worker.get("/points/leaderboard", as: .reader)
      #expect(page.count("entries") == 0 && page["members"] == "0" && page["statistics"] == "null")
    }
  }

  @Test func `a board of more members than the ledger ranks is not there without Redis`() async throws {
    var settings = ReadRoutesUnderTest.Settings()
    settings.rankings.membersMax = 3
    try await ReadRoutesUnderTest.running(settings) { worker in
      try await Self.fill(worker)
      let page = try await worker.get("/points/leaderboard", as: .reader)
      #expect(page.problem == "503 unavailable")
    }
  }
}

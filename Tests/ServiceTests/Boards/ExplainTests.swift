// Why somebody stands where he does: against what pages of the board said before and after.
import Configuration
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct ExplainTests {
    private static let users = (0..<9).map { "u\($0)" }

    /// Two seasons of which the older one takes what happened in it for an hour more.
    private static func board(_ name: String, _ traits: String) -> String {
      let (begin, middle) = (BoardCaller.instant(-300), BoardCaller.instant(-60))
      return """
        {"name":"\(name)",\(traits),"period":"seasons","graceSeconds":3600,"seasons":[
          {"label":"old","startsAt":"\(begin)","endsAt":"\(middle)"},
          {"label":"now","startsAt":"\(middle)","endsAt":"\(BoardCaller.instant(86_400))"}]}
        """
    }

    private static let definitions = [
      ("earners", #""metric":"earned","rankStyle":"dense""#),
      ("spenders", #""metric":"spent","direction":"ascending""#),
      ("net", #""metric":"net","rankStyle":"ordinal""#), ("hits", #""metric":"best""#),
      ("often", #""metric":"count","minCount":3"#), ("pvp", #""metric":"earned","categories":["pvp"]"#),
      ("rest", #""metric":"best","rankStyle":"ordinal","exceptCategories":["pvp"],"enabledOnly":false"#),
    ]

    @Test func `what pages say adds up to the score, and who passed is who had a worse rank`() async throws {
      let installation = try await Installation.make()
      try await installation.serving {
        $0.categories = ["pve", "pvp"]
      } _: { service in
        let boards = try BoardCaller(service, installation)
        for (name, traits) in Self.definitions { try boards.define(Self.board(name, traits)) }
        var random = SeededGenerator.forThisRun()
        var queries = ["board=balance", "board=earned"]
        for (name, _) in Self.definitions { queries += ["now", "old"].map { "board=\(name)&period=\($0)" } }

        for user in Self.users.dropLast(2) { try boards.award(50, to: user) }
        try Self.act(90, on: Self.users.dropLast(2), boards, &random)
        try boards.enable("u0", false)
        let since = BoardCaller.instant()
        let before = try queries.map { try boards.rows($0) }
        try boards.enable("u0", true)
        try Self.act(60, on: Self.users[...], boards, &random)
        try boards.enable("u1", false)
        let after = try queries.map { try boards.rows($0) }

        for (index, query) in queries.enumerated() {
          for row in after[index] {
            let first = try Self.adds(up: row, query, since: since, boards)
            try Self.passed(row, first, before[index], after[index], query)
          }
        }
        #expect(try boards.problem("/points/leaderboard/explain?userId=u1&board=net") == "404 not_ranked")
      }
    }

    @Test func `a season that is stored is explained from its cut`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let boards = try BoardCaller(service, installation)
        let bound = BoardCaller.instant(3_600)
        try boards.define(
          """
          {"name":"league","period":"seasons","seasons":[
            {"label":"one","startsAt":"\(BoardCaller.instant(-60))","endsAt":"\(bound)"},
            {"label":"two","startsAt":"\(bound)","endsAt":"\(BoardCaller.instant(7_200))"}]}
          """)
        for (user, amount) in [("ada", 5), ("bob", 7), ("ada", 1)] { try boards.award(amount, to: user) }
        let since = BoardCaller.instant()
        try boards.award(4, to: "eve")
        let hit = try boards.award(9, to: "ada") ?? ""
        try boards.reverse(hit, 2)
        try boards.close("one", of: "league")
        let isFrozen = try Eventually.holds(within: .seconds(30)) {
          try boards.caller.ask(
            .get("/points/leaderboard?board=league&period=one", as: installation.reader)
          ).json["source"].text == "snapshot"
        }
        #expect(isFrozen)
        // What comes later counts in the next season, or nowhere.
        try boards.award(100, to: "bob")
        try boards.reverse(hit, 3)
        let path = "/points/leaderboard/explain?board=league&period=previous&since=\(since)"
        let bob = try boards.get("\(path)&userId=bob")
        #expect(bob["score"].integer == 7 && bob["rank"].integer == 2 && bob["period"].text == "one")
        #expect(bob["entries"].list.map { $0["contribution"].integer } == [7])
        #expect(bob["source"].text == "snapshot" && bob["snapshotId"].text != nil)
        let passers = bob["passedBy"]["users"].list
        #expect(passers.map { $0["userId"].text } == ["ada"] && passers[0]["scoreThen"].integer == 6)
        #expect(passers[0]["then"].text == "behind" && bob["passedBy"]["scoreThen"].integer == 7)
        let ada = try boards.get("\(path)&userId=ada")
        #expect(ada["entries"].list.map { $0["contribution"].integer } == [-2, 9, 1, 5])
        #expect(ada["score"].integer == 13 && ada["passedBy"]["users"].list.isEmpty)
        #expect(try boards.problem("\(path)&userId=nobody") == "404 not_ranked")
        let next = try boards.get("/points/leaderboard/explain?board=league&userId=bob")
        #expect(next["entries"].list.map { $0["contribution"].integer } == [100])
      }
    }

    @Test func `who passed from far away is found by what has changed, and what is cut off is said`()
      async throws
    {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let boards = try BoardCaller(service, installation)
        let beginning = BoardCaller.instant()
        for part in 0..<3 {
          let postings = (0..<400).map { number in
            let (user, amount) = ("m\(part * 400 + number)", 10 + number)
            return """
              {"idempotencyKey":"\(user)","legs":[{"type":"credit","userId":"\(user)","amount":\(amount)}]}
              """
          }
          let answer = try boards.caller.ask(
            .post(
              "/points/postings/batch", #"{"postings":[\#(postings.joined(separator: ","))]}"#,
              as: installation.service))
          #expect(answer.status == 200)
        }
        for (user, amount) in [("top", 9_000), ("low", 5), ("far", 4)] { try boards.award(amount, to: user) }
        let path = "/points/leaderboard/explain?userId="
        let since = BoardCaller.instant()
        try boards.award(8_000, to: "far")
        let low = try boards.get("\(path)low&since=\(since)")["passedBy"]
        #expect(low["users"].list.map { $0["userId"].text } == ["far"] && !low["truncated"].isTrue)
        #expect(low["users"][0]["scoreThen"].integer == 4 && low["users"][0]["then"].text == "behind")
        // More have changed since than are looked at.
        let all = try boards.get("\(path)low&since=\(beginning)")["passedBy"]
        #expect(all["users"].list.count == 100 && all["truncated"].isTrue && all["scoreThen"].isNull)
        #expect(all["users"].list.allSatisfy { $0["then"].text == "unlisted" })
        // Nobody has moved, but whoever fell has been passed by more than are looked at.
        try boards.post("/points/deduct", 8_999, "top")
        let fallen = try boards.get("\(path)top&since=\(since)")["passedBy"]
        #expect(fallen["scoreThen"].integer == 9_000 && fallen["truncated"].isTrue)
        #expect(fallen["users"].list.count == 100 && fallen["users"][0]["userId"].text == "low")
        // Unless all of them are.
        try boards.award(10, to: "top")
        let risen = try boards.get("\(path)m399&since=\(since)")["passedBy"]
        #expect(risen["users"].list.map { $0["userId"].text } == ["far"] && !risen["truncated"].isTrue)
      }
    }

    @Test func `a cursor is one of its question, and an instant to come is refused`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let boards = try BoardCaller(service, installation)
        for amount in 1...5 { try boards.award(amount, to: "ada") }
        let path = "/points/leaderboard/explain?userId="
        let first = try boards.get("\(path)ada&limit=2")
        // What comes meanwhile is not of the score that the first page told.
        try boards.award(10, to: "ada")
        let cursor = try #require(first["nextCursor"].text)
        let second = try boards.get("\(path)ada&limit=3&cursor=\(cursor)")
        #expect(
          (first["entries"].list + second["entries"].list).map { $0["contribution"].integer } == [
            5, 4, 3, 2, 1,
          ])
        #expect(second["score"].integer == 15 && second["nextCursor"].isNull && second["passedBy"].isNull)
        for wrong in ["bob&cursor=\(cursor)", "ada&board=earned&cursor=\(cursor)", "ada&cursor=abc"] {
          #expect(try boards.problem(path + wrong) == "400 validation_failed")
        }
        for wrong in ["ada&since=\(BoardCaller.instant(60))", "ada&limit=0", "ada&since=today"] {
          #expect(try boards.problem(path + wrong) == "400 validation_failed")
        }
        let refused = try boards.caller.ask(.get("\(path)ada", as: installation.reader))
        #expect(refused.status == 403)
      }
    }

    // MARK: Parts

    /// Awards, purchases, and reversals of what was awarded, some of it long ago.
    private static func act(
      _ count: Int, on users: ArraySlice<String>, _ boards: BoardCaller, _ random: inout SeededGenerator
    ) throws {
      var posted: [String] = []
      for _ in 0..<count {
        let user = users.randomElement(using: &random) ?? "u0"
        let category = [nil, "pve", "pvp"].randomElement(using: &random) ?? nil
        let late = Int.random(in: 0..<3, using: &random) == 0 ? BoardCaller.instant(-120) : nil
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<6:
          let amount = Int.random(in: 1...12, using: &random)
          let id = try boards.award(amount, to: user, category: category, occurredAt: late)
          if let id { posted.append(id) }
        case 6..<8:
          let amount = Int.random(in: 1...9, using: &random)
          try boards.post("/points/deduct", amount, user, category: category, occurredAt: late)
        case _:
          guard let id = posted.randomElement(using: &random) else { continue }
          try boards.reverse(id, Bool.random(using: &random) ? 1 : nil)
        }
      }
    }

    /// The first page.
    private static func adds(
      up row: BoardCaller.Row, _ query: String, since: String, _ boards: BoardCaller
    ) throws -> JSONText {
      let path = "/points/leaderboard/explain?userId=\(row.user)&\(query)&limit=4"
      let first = try boards.get("\(path)&since=\(since)")
      #expect(first["rank"].integer == row.rank && first["score"].integer == row.score, "\(path)")
      var (page, entries) = (first, first["entries"].list)
      while let cursor = page["nextCursor"].text {
        page = try boards.get("\(path)&cursor=\(cursor)")
        #expect(page["score"].integer == row.score)
        entries += page["entries"].list
      }
      let sum = entries.reduce(0) { $0 + ($1["contribution"].integer ?? .min / 1_000) }
      #expect(sum == row.score, "\(path): \(entries.map(\.canonical))")
      let versions = entries.compactMap { $0["transaction"]["version"].integer }
      #expect(versions == Array(Set(versions)).sorted(by: >), "\(path)")
      return first
    }

    private static func passed(
      _ row: BoardCaller.Row, _ page: JSONText, _ before: [BoardCaller.Row], _ after: [BoardCaller.Row],
      _ query: String
    ) throws {
      let then = Dictionary(uniqueKeysWithValues: before.map { ($0.user, $0) })
      let own = then[row.user]
      let expected = after.filter { other in
        guard other.rank < row.rank else { return false }
        guard let past = then[other.user] else { return true }
        return own.map { past.rank >= $0.rank } ?? false
      }
      let passing = page["passedBy"]
      let told = passing["users"].list
      #expect(!passing["truncated"].isTrue && passing["scoreThen"].integer == own?.score, "\(query) \(row)")
      #expect(
        Set(told.map { $0["userId"].text ?? "" }) == Set(expected.map(\.user)),
        "\(query) \(row): \(passing.canonical)\n\(before)\n\(after)")
      let nearestFirst = after.reversed().map(\.user).filter { user in expected.contains { $0.user == user } }
      #expect(told.map { $0["userId"].text ?? "" } == nearestFirst)
      for one in told {
        let past = then[one["userId"].text ?? ""]
        #expect(one["scoreThen"].integer == past?.score, "\(query) \(row): \(one.canonical)")
        let relation =
          if let past { past.rank == own?.rank ? "level" : "behind" } else { "unlisted" }
        #expect(one["then"].text == relation, "\(query) \(row): \(one.canonical)")
      }
    }
  }
}

// Boards by season in a running service: defined, counted, closed on time, and stored.
import Configuration
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct SeasonTests {
    @Test func `a season is counted, closes by itself, and the next one begins from nothing`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        let office = installation.admin
        let bound = Self.instant(20)
        let seasons = """
          [{"label":"one","startsAt":"\(Self.instant(-60))","endsAt":"\(bound)"},
           {"label":"two","startsAt":"\(bound)","endsAt":"\(Self.instant(600))"}]
          """
        let created = try caller.ask(
          .post(
            "/points/boards",
            #"{"name":"league","metric":"earned","period":"seasons","seasons":\#(seasons)}"#, as: office))
        #expect(created.status == 201 && created.json["state"].text == "ready", "\(created.body)")
        for (user, amount) in [("ada", 5), ("bob", 7), ("eve", 5)] {
          try Self.award(amount, to: user, caller, installation)
        }
        let page = try caller.ask(.get("/points/leaderboard?board=league", as: installation.reader))
        #expect(page.status == 200, "\(page.body)")
        #expect(page.json["period"].text == "one" && page.json["members"].integer == 3)
        #expect(Self.ranks(page) == ["1 bob 7", "2 ada 5", "2 eve 5"])

        let isFrozen = try Eventually.holds(within: .seconds(60)) {
          let periods = try caller.ask(.get("/points/boards/league/periods", as: installation.reader))
          return periods.body.contains(#""label":"one""#) && periods.body.contains(#""state":"frozen""#)
        }
        let jobs = try caller.ask(.get("/points/jobs", as: office)).body
        #expect(isFrozen, "\(jobs)")
        try Self.award(3, to: "eve", caller, installation)
        let next = try caller.ask(.get("/points/leaderboard?board=league", as: installation.reader))
        #expect(next.json["period"].text == "two" && Self.ranks(next) == ["1 eve 3"], "\(next.body)")
        for period in ["previous", "one"] {
          let call = Call.get("/points/leaderboard?board=league&period=\(period)", as: installation.reader)
          var past = Answer()
          // Asked for by its label, a worker may not have heard of the close yet.
          _ = try Eventually.holds(within: .seconds(20)) {
            past = try caller.ask(call)
            return past.json["source"].text == "snapshot"
          }
          #expect(Self.ranks(past) == ["1 bob 7", "2 ada 5", "2 eve 5"], "\(past.body)")
          #expect(past.json["period"].text == "one" && past.json["source"].text == "snapshot")
        }
        let balance = try caller.ask(.get("/points/leaderboard", as: installation.reader))
        #expect(Self.ranks(balance) == ["1 eve 8", "2 bob 7", "3 ada 5"])
      }
    }

    @Test func `a board defined late shows what was posted before, also for each category`() async throws {
      let installation = try await Installation.make()
      try await installation.serving {
        $0.categories = ["pve", "pvp"]
      } _: { service in
        let caller = try Caller(port: service.port)
        for (user, amount, category) in [("ada", 5, "pve"), ("bob", 7, "pvp"), ("ada", 1, "pvp")] {
          try Self.award(amount, to: user, category: category, caller, installation)
        }
        let created = try caller.ask(
          .post(
            "/points/boards", #"{"name":"skill","metric":"best","rankStyle":"dense","eachCategory":true}"#,
            as: installation.admin))
        #expect(created.status == 201 && created.json["state"].text == "filling", "\(created.body)")
        let isReady = try Eventually.holds(within: .seconds(20)) {
          try caller.ask(.get("/points/boards/skill", as: installation.reader)).json["state"].text == "ready"
        }
        #expect(isReady)
        try Self.award(9, to: "eve", category: "pvp", caller, installation)
        let ranks = try ["", "&category=pvp", "&category=pve"].map {
          Self.ranks(try caller.ask(.get("/points/leaderboard?board=skill\($0)", as: installation.reader)))
        }
        #expect(ranks[0] == ["1 eve 9", "2 bob 7", "3 ada 5"])
        #expect(ranks[1] == ["1 eve 9", "2 bob 7", "3 ada 1"])
        #expect(ranks[2] == ["1 ada 5"])
        // Of each configured category there is one without anybody's doing.
        let isKnown = try Eventually.holds(within: .seconds(20)) {
          Self.ranks(try caller.ask(.get("/points/leaderboard?category=pvp", as: installation.reader)))
            == ["1 eve 9", "2 bob 7", "3 ada 1"]
        }
        #expect(isKnown)
      }
    }

    @Test func `what cannot be a board is refused, and says why`() async throws {
      let installation = try await Installation.make()
      // The day that is closed is the one in which its board is defined.
      try await Midnight.pass()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        let malformed = [
          (#"{"name":"balance"}"#, "name"), (#"{"name":"a","metric":"most"}"#, "metric"),
          (#"{"name":"a","period":"weekly","firstDay":"today"}"#, "firstDay"),
          (#"{"name":"a","period":"seasons","seasons":[{"label":"x"}]}"#, "seasons"),
        ]
        let impossible = [
          (#"{"name":"a","period":"daily","firstDay":"monday"}"#, "firstDay"),
          (#"{"name":"a","timeZone":"Mars/Olympus"}"#, "timeZone"),
          (#"{"name":"a","eachCategory":true}"#, "eachCategory"),
          (#"{"name":"a","categories":["x"],"exceptCategories":["y"]}"#, "exceptCategories"),
        ]
        for (body, field) in malformed + impossible {
          let answer = try caller.ask(.post("/points/boards", body, as: installation.admin))
          #expect(
            [400, 422].contains(answer.status) && answer.json["field"].text?.hasPrefix(field) == true,
            "\(answer.body)")
        }
        let ok = try caller.ask(
          .post("/points/boards", #"{"name":"a","period":"daily"}"#, as: installation.admin))
        #expect(ok.status == 201)
        let twice = try caller.ask(.post("/points/boards", #"{"name":"a"}"#, as: installation.admin))
        #expect(twice.status == 409 && twice.code == "board_exists")
        let early = try caller.ask(
          .post("/points/boards/a/periods/\(Self.day)/close", "{}", as: installation.admin))
        #expect(early.status == 200 && early.json["label"].text == Self.day, "\(early.body)")
        let gone = try caller.ask(
          Call(method: "DELETE", target: "/points/boards/a", key: installation.admin))
        #expect(gone.status == 204)
        #expect(try caller.ask(.get("/points/leaderboard?board=a", as: installation.reader)).status == 404)
      }
    }

    // MARK: Parts

    private static func award(
      _ amount: Int, to user: String, category: String? = nil, _ caller: Caller, _ installation: Installation
    ) throws {
      let extra = category.map { #","category":"\#($0)""# } ?? ""
      let answer = try caller.ask(
        .post(
          "/points/award", #"{"userId":"\#(user)","amount":\#(amount)\#(extra)}"#, as: installation.service))
      #expect(answer.status == 201, "\(answer.body)")
    }

    private static func ranks(_ answer: Answer) -> [String] {
      let object = try? JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
      return (object?["entries"] as? [[String: Any]] ?? []).map {
        "\($0["rank"] ?? "") \($0["userId"] ?? "") \($0["score"] ?? "")"
      }
    }

    private static func instant(_ seconds: Double) -> String {
      Date(timeIntervalSinceNow: seconds).ISO8601Format()
    }

    /// Of today, in UTC.
    private static var day: String { String(Date().ISO8601Format().prefix(10)) }
  }
}

// Ranks beside those of the last snapshot, or of the last season that was closed.
import Configuration
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct ChangeTests {
    @Test func `ranks are compared with the last snapshot of the season, else with the last close`()
      async throws
    {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let boards = try BoardCaller(service, installation)
        let (first, second) = (BoardCaller.instant(3_600), BoardCaller.instant(7_200))
        try boards.define(
          """
          {"name":"league","period":"seasons","seasons":[
            {"label":"one","startsAt":"\(BoardCaller.instant(-60))","endsAt":"\(first)"},
            {"label":"two","startsAt":"\(first)","endsAt":"\(second)"},
            {"label":"three","startsAt":"\(second)","endsAt":"\(BoardCaller.instant(9_000))"}]}
          """)
        for (user, amount) in [("ada", 5), ("bob", 7), ("cy", 1)] { try boards.award(amount, to: user) }
        let none = try boards.get("/points/leaderboard?board=league&change=true")
        #expect(none["comparedWith"].isNull && Self.changes(none) == ["bob - -", "ada - -", "cy - -"])

        try boards.close("one", of: "league")
        try Self.wait(until: "one", in: boards)
        for (user, amount) in [("cy", 9), ("ada", 3), ("eve", 5)] { try boards.award(amount, to: user) }
        let live = try boards.get("/points/leaderboard?board=league&change=true")
        #expect(
          live["comparedWith"]["purpose"].text == "close" && live["comparedWith"]["period"].text == "one")
        #expect(Self.changes(live) == ["cy 3 2", "eve - -", "ada 2 -1"])
        try boards.close("two", of: "league")
        try Self.wait(until: "two", in: boards)
        let stored = try boards.get("/points/leaderboard?board=league&period=two&change=true")
        #expect(stored["source"].text == "snapshot" && stored["comparedWith"]["period"].text == "one")
        #expect(Self.changes(stored) == ["cy 3 2", "eve - -", "ada 2 -1"])
        let before = try boards.get("/points/leaderboard?board=league&period=one&change=true")
        #expect(before["comparedWith"].isNull && Self.changes(before) == ["bob - -", "ada - -", "cy - -"])

        try boards.award(4, to: "eve")
        try boards.award(6, to: "ada")
        #expect(try Self.snapshot(boards, #"{"board":"league"}"#) == 201)
        try boards.award(5, to: "eve")
        let last = try boards.get("/points/leaderboard?board=league&change=true")
        #expect(last["period"].text == "three" && last["comparedWith"]["purpose"].text == "demand")
        #expect(Self.changes(last) == ["eve 2 1", "ada 1 -1"], "\(last.canonical)")
        let rank = try boards.get("/points/leaderboard/rank?board=league&userId=eve&change=true")
        #expect(rank["previousRank"].integer == 2 && rank["change"].integer == 1)
        #expect(rank["comparedWith"].canonical == last["comparedWith"].canonical)
        let around = try boards.get("/points/leaderboard/around?board=league&score=7&change=true")
        #expect(Self.changes(around) == ["eve 2 1", "ada 1 -1"])
        let past = try boards.get("/points/leaderboard/rank?board=league&userId=ada&period=two&change=true")
        #expect(past["previousRank"].integer == 2 && past["change"].integer == -1)
        let plain = try boards.get("/points/leaderboard?board=league")
        #expect(plain["entries"][0]["change"].isNull && !plain.canonical.contains("comparedWith"))
      }
    }

    @Test func `balance is compared with the last snapshot of it`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let boards = try BoardCaller(service, installation)
        for (user, amount) in [("ada", 5), ("bob", 7)] { try boards.award(amount, to: user) }
        #expect(try Self.snapshot(boards, "{}") == 201)
        #expect(try Self.snapshot(boards, #"{"board":"earned"}"#) == 201)
        try boards.post("/points/deduct", 3, "bob")
        let balance = try boards.get("/points/leaderboard?change=true")
        #expect(Self.changes(balance) == ["ada 2 1", "bob 1 -1"])
        #expect(balance["comparedWith"]["period"].isNull && balance["comparedWith"]["snapshotId"].text != nil)
        let earned = try boards.get("/points/leaderboard?board=earned&change=true")
        #expect(Self.changes(earned) == ["bob 1 0", "ada 2 0"])
        for wrong in ["?limit=101&change=true", "/around?score=1&count=101&change=true", "?change=maybe"] {
          #expect(try boards.problem("/points/leaderboard\(wrong)") == "400 validation_failed", "\(wrong)")
        }
        #expect(
          try boards.problem("/points/leaderboard/stream?events=1&change=true") == "400 validation_failed")
      }
    }

    // MARK: Parts

    private static func changes(_ page: JSONText) -> [String] {
      page["entries"].list.map { row in
        [row["userId"].text, row["previousRank"].digits, row["change"].digits].map { $0 ?? "-" }
          .joined(separator: " ")
      }
    }

    private static func snapshot(_ boards: BoardCaller, _ body: String) throws -> Int {
      try boards.caller.ask(.post("/points/snapshots", body, as: boards.installation.admin)).status
    }

    private static func wait(until period: String, in boards: BoardCaller) throws {
      let isStored = try Eventually.holds(within: .seconds(30)) {
        try boards.caller.ask(
          .get("/points/leaderboard?board=league&period=\(period)", as: boards.installation.reader)
        ).json["source"].text == "snapshot"
      }
      #expect(isStored, "\(period)")
    }
  }
}

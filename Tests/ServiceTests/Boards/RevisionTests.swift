// A season whose result was wrong, mended in a running service: by what it is shown from then on.
import Configuration
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct RevisionTests {
    @Test func `a season is shown by its newest revision, and a score that was set is explained`()
      async throws
    {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let boards = try BoardCaller(service, installation)
        let bound = BoardCaller.instant(3_600)
        try boards.define(
          """
          {"name":"league","metric":"best","minScore":3,"period":"seasons","seasons":[
            {"label":"one","startsAt":"\(BoardCaller.instant(-60))","endsAt":"\(bound)"},
            {"label":"two","startsAt":"\(bound)","endsAt":"\(BoardCaller.instant(7_200))"}]}
          """)
        for (user, amount) in [("ada", 5), ("bob", 7), ("eve", 4), ("eve", 9), ("dan", 6)] {
          try boards.award(amount, to: user)
        }
        try boards.close("one", of: "league")
        let isFrozen = try Eventually.holds(within: .seconds(30)) {
          try boards.get("/points/leaderboard?board=league&period=one")["source"].text == "snapshot"
        }
        #expect(isFrozen)
        #expect(try boards.rows("board=league&period=one").map(\.user) == ["eve", "bob", "dan", "ada"])
        let close = try boards.get("/points/leaderboard?board=league&period=one")["snapshotId"].text ?? ""
        let revised = try boards.caller.ask(
          .post(
            "/points/snapshots/\(close)/revisions",
            #"""
            {"reason":"entered twice","disqualify":["bob"],
             "scores":[{"userId":"ada","score":8},{"userId":"eve","score":8},{"userId":"dan","score":2}]}
            """#, as: installation.admin))
        #expect(revised.status == 201, "\(revised.body)")
        let revision = revised.json["id"].text ?? ""
        // What was read a moment ago may be told for a second.
        let isShown = try Eventually.holds(within: .seconds(20)) {
          try boards.get("/points/leaderboard?board=league&period=one")["snapshotId"].text == revision
        }
        #expect(isShown)
        for period in ["one", "previous"] {
          let rows = try boards.rows("board=league&period=\(period)")
          // ada came to hers first, and dan is below what the board lists.
          #expect(rows.map(\.user) == ["ada", "eve"] && rows.map(\.rank) == [1, 1])
          #expect(rows.map(\.score) == [8, 8])
        }
        let rank = "/points/leaderboard/rank?board=league&period=one&userId="
        #expect(try boards.get("\(rank)ada")["rank"].integer == 1)
        #expect(try boards.problem("\(rank)bob") == "404 not_ranked")
        let history = try boards.get(
          "/points/leaderboard/history?board=league&userId=ada&purpose=close&best=true")
        #expect(history["ranks"].list.map { $0["snapshotId"].text } == [revision])
        #expect(history["best"]["revision"].integer == 2 && history["best"]["purpose"].text == "close")
        let periods = try boards.get("/points/boards/league/periods")["periods"].list
        #expect(periods.contains { $0["label"].text == "one" && $0["snapshotId"].text == revision })

        let explain = "/points/leaderboard/explain?board=league&period=one&userId="
        let eve = try boards.get("\(explain)eve")
        #expect(eve["score"].integer == 8 && eve["correction"]["countedScore"].integer == 9)
        #expect(eve["correction"]["snapshotId"].text == revision)
        #expect(eve["correction"]["reason"].text == "entered twice")
        #expect(eve["entries"].list.map { $0["contribution"].integer } == [9])
        #expect(try boards.problem("\(explain)bob") == "404 not_ranked")

        try boards.award(3, to: "ada")
        let now = try boards.get("/points/leaderboard?board=league&change=true")
        #expect(now["comparedWith"]["snapshotId"].text == revision)
        #expect(
          now["entries"][0]["previousRank"].integer == 1 && eve["passedBy"]["truncated"].isTrue == false)
        let original = try boards.get("/points/snapshots/\(close)/entries")["entries"].list
        #expect(original.map { $0["userId"].text } == ["eve", "bob", "dan", "ada"])
        let notes = try boards.caller.ask(.get("/points/audit?subject=\(close)", as: installation.admin)).json
        #expect(notes["entries"].list.map { $0["action"].text } == ["snapshot_revised"])
      }
    }
  }
}

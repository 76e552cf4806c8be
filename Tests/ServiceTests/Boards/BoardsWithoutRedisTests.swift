// Boards by season while Redis is away: read from the ledger, closed on time, and read from what was stored.
import EmbeddedServers
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct BoardsWithoutRedisTests {
    @Test func `a season goes on without Redis, ends without it, and is read all the time`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let league = TwoSeasons(installation, try Caller(port: service.port))
        try league.define(endingAfter: 20)
        for (user, amount) in [("ada", 5), ("bob", 7), ("eve", 5)] { try league.award(amount, to: user) }
        #expect(try league.isRead(from: "redis"))
        installation.servers.redis.kill()
        #expect(try league.isRead(from: "ledger"))
        let page = try league.page()
        #expect(
          TwoSeasons.ranks(page) == ["1 bob 7", "2 ada 5", "3 eve 5"] && page.json["members"].integer == 3)
        #expect(page.json["period"].text == "one" && page.json["asOf"].text != nil, "\(page.body)")
        let rank = try league.get("/rank", "&userId=ada")
        #expect(rank.json["rank"].integer == 2 && rank.json["missing"].integer == 2, "\(rank.body)")
        let around = try league.get("/around", "&userId=eve&count=3")
        #expect(TwoSeasons.ranks(around) == ["1 bob 7", "2 ada 5", "3 eve 5"], "\(around.body)")
        #expect(try league.get("/rank", "&userId=nobody").status == 404)

        let isStored = try Eventually.holds(within: .seconds(60)) {
          let page = try league.page("one")
          return TwoSeasons.ranks(page) == ["1 bob 7", "2 ada 5", "3 eve 5"]
            && page.json["source"].text == "snapshot"
        }
        #expect(isStored)
        let stored = try league.storedOne()
        #expect(stored.body.contains(#""comparison":null,"notCompared":"Redis"#), "\(stored.body)")
        try league.award(3, to: "eve")
        let isCounted = try Eventually.holds(within: .seconds(10)) {
          TwoSeasons.ranks(try league.page()) == ["1 eve 3"]
        }
        #expect(isCounted)
        try installation.servers.redis.start()
        #expect(try league.isRead(from: "redis"))
        #expect(TwoSeasons.ranks(try league.page()) == ["1 eve 3"])
      }
    }

    @Test func `a close is held against Redis, and what differed is put right and counted`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let league = TwoSeasons(installation, try Caller(port: service.port))
        try league.define(endingAfter: 3_600)
        for (user, amount) in [("ada", 5), ("bob", 7), ("eve", 5)] { try league.award(amount, to: user) }
        #expect(try league.isRead(from: "redis"))
        try league.closeOne()
        let isStored = try Eventually.holds(within: .seconds(30)) {
          try league.page("one").json["source"].text == "snapshot"
        }
        #expect(isStored)
        let stored = try league.storedOne()
        #expect(
          stored.body.contains(#""comparison":{"checked":3,"drifted":0,"repaired":0}"#), "\(stored.body)")
        #expect(stored.json["notCompared"].text == nil && stored.json["purpose"].text == "close")
        let isTold = try Eventually.holds(within: .seconds(10)) {
          let page = try PrometheusPage(try Caller(port: service.port).get("/metrics").body)
          return page.sum("points_snapshots_taken_total", ["purpose": "close"]) == 1
            && page.sum("points_snapshots_compared_total") == 1
            && page.sum("points_snapshot_accounts_checked_total") == 3
        }
        #expect(isTold)
      }
    }
  }
}

/// A league of two seasons, asked at one service. Ranks are ordinal.
private struct TwoSeasons {
  private let installation: Installation
  private let caller: Caller

  init(_ installation: Installation, _ caller: Caller) {
    self.installation = installation
    self.caller = caller
  }

  func define(endingAfter seconds: Double) throws {
    let bound = Self.instant(seconds)
    let seasons = """
      [{"label":"one","startsAt":"\(Self.instant(-60))","endsAt":"\(bound)"},
       {"label":"two","startsAt":"\(bound)","endsAt":"\(Self.instant(seconds + 3_600))"}]
      """
    let created = try caller.ask(
      .post(
        "/points/boards",
        #"{"name":"league","rankStyle":"ordinal","period":"seasons","seasons":\#(seasons)}"#,
        as: installation.admin))
    #expect(created.status == 201, "\(created.body)")
  }

  /// Two seconds from now, for everybody who counts is to learn of it before.
  func closeOne() throws {
    let closed = try caller.ask(
      .post("/points/boards/league/periods/one/close", "{}", as: installation.admin))
    #expect(closed.status == 200, "\(closed.body)")
  }

  func award(_ amount: Int, to user: String) throws {
    let answer = try caller.ask(
      .post("/points/award", #"{"userId":"\#(user)","amount":\#(amount)}"#, as: installation.service))
    #expect(answer.status == 201, "\(answer.body)")
  }

  func page(_ period: String? = nil) throws -> Answer {
    try get("", period.map { "&period=\($0)" } ?? "")
  }

  /// Whether the present season is, soon.
  func isRead(from source: String) throws -> Bool {
    try Eventually.holds(within: .seconds(15)) { try page().json["source"].text == source }
  }

  func get(_ path: String, _ query: String) throws -> Answer {
    try caller.ask(.get("/points/leaderboard\(path)?board=league\(query)", as: installation.reader))
  }

  /// The snapshot of the first season. A worker may hear of it later than another one.
  func storedOne() throws -> Answer {
    var id: String?
    _ = try Eventually.holds(within: .seconds(10)) {
      id = try page("one").json["snapshotId"].text
      return id != nil
    }
    return try caller.ask(.get("/points/snapshots/\(id ?? "")", as: installation.reader))
  }

  static func ranks(_ answer: Answer) -> [String] {
    let object = try? JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
    return (object?["entries"] as? [[String: Any]] ?? []).map {
      "\($0["rank"] ?? "") \($0["userId"] ?? "") \($0["score"] ?? "")"
    }
  }

  private static func instant(_ seconds: Double) -> String {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    return formatter.string(from: Date(timeIntervalSinceNow: seconds))
  }
}

// Shares of a board, how its scores are spread, and how far it is to the next rank: live and stored, of every
// style and direction.
import Configuration
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct SpreadRoutesTests {
    private static let styles = ["competition", "dense", "ordinal"]
    private static let names = styles.flatMap { ["\($0)-up", "\($0)-down"] }

    @Test func `boards of every style and direction, live and when they are stored`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let boards = try BoardCaller(service, installation)
        let bound = BoardCaller.instant(3_600)
        for name in Self.names {
          let parts = name.split(separator: "-")
          try boards.define(
            """
            {"name":"\(name)","rankStyle":"\(parts[0])",
              "direction":"\(parts[1] == "up" ? "ascending" : "descending")","period":"seasons","seasons":[
              {"label":"one","startsAt":"\(BoardCaller.instant(-60))","endsAt":"\(bound)"},
              {"label":"two","startsAt":"\(bound)","endsAt":"\(BoardCaller.instant(7_200))"}]}
            """)
        }
        // 30, 20, 20, 15, 1; b came to 20 before c.
        for (user, amount) in [("a", 30), ("b", 20), ("c", 20), ("d", 15), ("e", 1)] {
          try boards.award(amount, to: user)
        }
        try Self.check(boards, "period=one")
        for name in Self.names { try boards.close("one", of: name) }
        let isFrozen = try Eventually.holds(within: .seconds(40)) {
          try Self.names.allSatisfy { name in
            try boards.caller.ask(
              .get("/points/leaderboard?period=one&board=\(name)", as: installation.reader)
            ).json["source"].text == "snapshot"
          }
        }
        #expect(isFrozen)
        try boards.award(7, to: "b")
        try Self.check(boards, "period=one")
      }
    }

    @Test func `balance and earned, and what is refused`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let boards = try BoardCaller(service, installation)
        let empty = try boards.get("/points/leaderboard/distribution")
        #expect(empty["members"].integer == 0 && empty["lowest"].isNull && empty["statistics"].isNull)
        #expect(empty["buckets"].list.isEmpty && empty["percentiles"].list.isEmpty)
        for (user, amount) in [("a", 30), ("b", 20), ("c", 20), ("d", 15), ("e", 1)] {
          try boards.award(amount, to: user)
        }
        for board in ["balance", "earned"] { try Self.check(boards, board: board, isAscending: false, "") }
        let wrong = [
          "?topPercent=0", "?topPercent=0.001", "?topPercent=100.01", "?topPercent=5%25", "?topPercent=-1",
          "/distribution?buckets=0", "/distribution?buckets=101", "/distribution?limit=1",
        ]
        for query in wrong {
          #expect(try boards.problem("/points/leaderboard\(query)") == "400 validation_failed", "\(query)")
        }
      }
    }

    // MARK: Parts

    private static func check(_ boards: BoardCaller, _ query: String) throws {
      for name in names {
        try check(boards, board: name, isAscending: name.hasSuffix("up"), "&\(query)")
      }
    }

    private static func check(
      _ boards: BoardCaller, board: String, isAscending: Bool, _ query: String
    ) throws {
      let users = isAscending ? ["e", "d", "b", "c", "a"] : ["a", "b", "c", "d", "e"]
      let shares: [(String, Int)] =
        isAscending
        ? [("0.01", 1), ("20", 1), ("20.01", 2), ("40.01", 4), ("60", 4), ("100", 5)]
        : [("0.01", 1), ("20", 1), ("20.01", 3), ("60", 3), ("60.01", 4), ("100", 5)]
      let target = "/points/leaderboard?board=\(board)\(query)"
      for (percent, count) in shares {
        let page = try boards.get("\(target)&topPercent=\(percent)")
        #expect(
          page["entries"].list.map { $0["userId"].text } == Array(users.prefix(count)), "\(target) \(percent)"
        )
        #expect(page["topMembers"].integer == Int64(count) && page["members"].integer == 5)
        let rest = try boards.get("\(target)&topPercent=\(percent)&offset=1&limit=2")
        #expect(
          rest["entries"].list.map { $0["userId"].text } == Array(users.prefix(count).dropFirst().prefix(2)))
        let behind = try boards.get("\(target)&topPercent=\(percent)&offset=9")
        #expect(behind["entries"].list.isEmpty && behind["topMembers"].integer == Int64(count))
      }
      #expect(try boards.get(target)["topMembers"].isNull)
      let missing: [Int64?] = isAscending ? [nil, 14, 5, 5, 10] : [nil, 10, 10, 5, 14]
      for (user, missing) in zip(users, missing) {
        let rank = try boards.get("/points/leaderboard/rank?userId=\(user)&board=\(board)\(query)")
        #expect(rank["missing"].integer == missing, "\(target) \(user)")
      }
      let spread = try boards.get("/points/leaderboard/distribution?buckets=3&board=\(board)\(query)")
      #expect(
        spread["lowest"].integer == 1 && spread["highest"].integer == 30 && spread["members"].integer == 5)
      #expect(spread["statistics"]["sum"].integer == 86 && spread["statistics"]["average"].digits == "17.20")
      #expect(spread["statistics"]["median"].digits == "20.00")
      #expect(
        spread["buckets"].list.map(\.canonical) == [
          #"{"from":1,"to":10,"members":1}"#, #"{"from":11,"to":20,"members":3}"#,
          #"{"from":21,"to":30,"members":1}"#,
        ], "\(target): \(spread.canonical)")
      let percentiles = spread["percentiles"].list
      #expect(percentiles.compactMap { $0["percent"].integer } == [1, 5, 10, 25, 50, 75, 90, 95, 99])
      #expect(percentiles.compactMap { $0["score"].integer } == [1, 1, 1, 15, 20, 20, 30, 30, 30])
    }
  }
}

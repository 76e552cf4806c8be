// The client library's calls about boards and periods against a real service.
import Foundation
import PointsClient
import TestSupport
import Testing

extension WholeService {
  @Suite struct BoardClientTests {
    private func withService(
      _ body: (_ service: PointsClient, _ admin: PointsClient) async throws -> Void
    ) async throws {
      let installation = try await Installation.make()
      let process = try ServiceProcess(on: installation, ["POINTS_CATEGORIES": "pve,pvp"])
      try installation.waitUntilMirrored([process.port])
      let url = "http://127.0.0.1:\(process.port)"
      let service = try PointsClient(url: url, key: installation.service)
      let admin = try PointsClient(url: url, key: installation.admin)
      try await body(service, admin)
      await service.shutdown()
      await admin.shutdown()
      #expect(process.stop() == .exited(0))
    }

    @Test func `a weekly league is defined, read, renamed, and removed`() async throws {
      // All of it is in one week.
      try await Midnight.pass(in: ["Europe/Berlin"])
      try await withService { points, admin in
        let made = try await admin.createBoard(
          BoardDraft(
            "league", hasEachCategory: true, period: .weekly, firstDay: .sunday, timeZone: "Europe/Berlin",
            graceSeconds: 3, rankStyle: .dense, minScore: 2))
        #expect((made.period, made.firstDay, made.timeZone) == (.weekly, .sunday, "Europe/Berlin"))
        #expect((made.metric, made.rankStyle, made.direction) == (.earned, .dense, .descending))
        #expect(made.categories == .all && !made.countsRewards && made.isForEnabledOnly)
        let boards = try await points.boards()
        #expect(boards.filter { $0.name == "league" }.map(\.category) == [nil, "pve", "pvp"])
        #expect(try await points.board("league") == made)
        #expect(try await points.board(made.board) == made)
        let renamed = try await admin.renameBoard(
          "league", displayName: "The league", description: .set("By weeks."))
        #expect((renamed.displayName, renamed.description) == ("The league", "By weeks."))

        for (user, amount, category) in [("a", 1, "pvp"), ("b", 5, "pvp"), ("c", 7, "pve"), ("d", 5, "pvp")]
          as [(String, Int64, String)]
        {
          try await points.award(userID: user, amount: amount, category: category)
        }
        let label = try #require(
          try await points.periods(of: "league", begunOnly: true, limit: 1).periods.first?.label)
        let page = try await points.leaderboard(board: "league", limit: 10)
        #expect(page.entries.map(\.userID) == ["c", "b", "d"] && page.entries.map(\.rank) == [1, 2, 2])
        #expect((page.board, page.category, page.period) == ("league", nil, label))
        let duels = try await points.leaderboard(board: "league", category: "pvp", period: label)
        #expect(duels.entries.map(\.userID) == ["b", "d"] && duels.category == "pvp")
        let rank = try await points.rank(userID: "d", board: "league", category: "pvp")
        #expect((rank?.rank, rank?.category, rank?.period) == (1, "pvp", label))
        #expect(try await points.rank(userID: "a", board: "league") == nil)

        try await admin.removeBoard("league")
        #expect(try await points.boards().contains { $0.name == "league" } == false)
        await Self.expect(.notFound) { () throws(PointsError) in try await points.board("league") }
      }
    }

    @Test func `seasons are announced, extended, closed, and frozen`() async throws {
      try await withService { points, admin in
        let now = Date().timeIntervalSince1970
        let first = Season("one", from: Self.instant(now - 60), to: Self.instant(now + 3_600))
        try await admin.createBoard(BoardDraft("cup", period: .seasons, seasons: [first]))
        let second = try await admin.announceSeason(
          Season("two", from: Self.instant(now + 7_200), to: Self.instant(now + 9_000)), on: "cup")
        #expect(second.state == .open && second.startsAt == Self.instant(now + 7_200))
        await Self.expect(.periodUnchangeable) { () throws(PointsError) in
          try await admin.announceSeason(first, on: "cup")
        }
        let later = Self.instant(now + 7_300)
        let extended = try await admin.extendPeriod("one", of: "cup", until: later)
        #expect(extended.endsAt == later)
        let page = try await points.periods(of: "cup", limit: 1)
        #expect(page.periods.map(\.label) == ["two"] && page.periods.first?.startsAt == later)
        let cursor = try #require(page.cursor)
        #expect(try await points.periods(of: "cup", cursor: cursor).periods.map(\.label) == ["one"])

        try await points.award(userID: "a", amount: 5)
        try await admin.closePeriod("one", of: "cup")
        let deadline = ContinuousClock.now + .seconds(20)
        while try await Self.state(of: "one", points) != .frozen, ContinuousClock.now < deadline {}
        #expect(try await Self.state(of: "one", points) == .frozen)
        let stored = try await points.periods(of: "cup", begunOnly: true).periods.first { $0.label == "one" }
        #expect(stored?.snapshotID != nil && stored?.closedAt != nil)
        let past = try await points.leaderboard(board: "cup", period: "previous")
        #expect(past.entries.map(\.userID) == ["a"] && past.period == "one" && past.source == .snapshot)
        #expect(past.snapshotID == stored?.snapshotID)
        // Asked for by its label, a worker may not have heard of the close yet.
        let hearing = ContinuousClock.now + .seconds(20)
        var rank = try await points.rank(userID: "a", board: "cup", period: "one")
        while rank?.snapshotID != stored?.snapshotID, ContinuousClock.now < hearing {
          rank = try await points.rank(userID: "a", board: "cup", period: "one")
        }
        #expect(rank?.rank == 1 && rank?.snapshotID == stored?.snapshotID)
        await Self.expect(.periodClosed) { () throws(PointsError) in
          try await admin.closePeriod("one", of: "cup")
        }
      }
    }

    // MARK: Parts

    private static func expect(
      _ code: ProblemCode, _ call: () async throws(PointsError) -> some Sendable
    ) async {
      do throws(PointsError) {
        _ = try await call()
        Issue.record("it was not refused")
      } catch {
        guard case .refused(let problem) = error, problem.code == code else {
          Issue.record("\(error)")
          return
        }
      }
    }

    private static func state(of label: String, _ points: PointsClient) async throws -> PeriodState? {
      try await points.periods(of: "cup").periods.first { $0.label == label }?.state
    }

    private static func instant(_ seconds: Double) -> Timestamp { Timestamp(secondsSince1970: seconds) }
  }
}

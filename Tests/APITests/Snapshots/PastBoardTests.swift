// Closed periods, and what a user's ranks were: from snapshots, in the words of live boards.
import Boards
import Calendar
import HTTPServer
import Ledger
import LedgerStore
import PostgresClient
import Testing

@testable import API

@Suite(.serialized) struct PastBoardTests {
  /// A board with one season, which goes on now.
  private static func define(
    _ worker: ReadRoutesUnderTest, _ order: BoardOrder = BoardOrder()
  ) async throws -> DefinedBoard {
    let now = Instant.now.microseconds
    let season = Season(
      label: "spring", start: Instant(microseconds: now - 60_000_000),
      end: Instant(microseconds: now + 600_000_000))
    let registry = BoardRegistry(pool: worker.pool, catalog: worker.lanes.catalog, zones: TimeZoneFiles())
    let traits = BoardTraits(displayName: "League", metric: .earned, rule: .seasons, order: order)
    let outcome = try await registry.create("league", of: worker.type(), traits, seasons: [season])
    guard case .created(let boards) = outcome, let board = boards.first else {
      throw Unmet(what: "a board: \(outcome)")
    }
    return board
  }

  /// As the closer does it, whatever time it is.
  private static func close(
    _ board: DefinedBoard, _ worker: ReadRoutesUnderTest
  ) async throws -> Snapshot {
    let (definition, period) = (board.definition, try #require(board.periods.first))
    let plan = SnapshotPlan.close(
      of: definition.id,
      SnapshotBoard(
        pointType: definition.pointType, key: .defined(definition.id), name: definition.name),
      period: SnapshotPlan.Period(number: period.number, label: period.label), endingAt: period.end,
      slot: SlotKey(board: definition.number, period: period.number), order: definition.traits.order,
      eligibility: definition.traits.eligibility)
    guard case .complete(let snapshot) = try await SnapshotSettling(pool: worker.settling).take(plan) else {
      throw Unmet(what: "a close")
    }
    return snapshot
  }

  private static func past(_ worker: ReadRoutesUnderTest) -> PastBoard {
    PastBoard(
      SnapshotReader(pool: worker.pool),
      PointTypeLookup(worker.lanes.catalog, pool: worker.pool, on: worker.loop))
  }

  private static func answered(_ json: [UInt8]) async throws -> Answered {
    try await Answered(.json(json))
  }

  @Test func `a closed season answers as a live board does`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let board = try await Self.define(worker)
      try await SnapshotRoutesTests.fill(worker)
      let (close, past) = (try await Self.close(board, worker), Self.past(worker))
      // The live board that has the same scores.
      let live = try await worker.get("/points/leaderboard?board=earned&offset=1&limit=2")
      let page = try await Self.answered(await past.page(of: close, offset: 1, limit: 2))
      for member in ["userId", "rank", "score", "displayName", "reachedAt"] {
        #expect(page.all("entries", member) == live.all("entries", member))
      }
      for member in ["statistics.sum", "statistics.average", "statistics.median", "members", "pointType"] {
        #expect(page[member] == live[member])
      }
      #expect(page["board"] == "league" && page["period"] == "spring" && page["source"] == "snapshot")
      #expect(page["snapshotId"] == close.id.description && page["category"] == "null")
      for user in ["ada", "bob", "cy", "dan"] {
        let live = try await worker.get("/points/leaderboard/rank?board=earned&userId=\(user)")
        let rank = try await Self.answered(await past.rank(of: UserID(stored: user), in: close))
        for member in ["userId", "rank", "score", "displayName", "members", "percentile", "missing"] {
          #expect(rank[member] == live[member])
        }
        for count in 1...5 {
          let target = "/points/leaderboard/around?board=earned&userId=\(user)&count=\(count)"
          let neighbours = try await Self.answered(
            await past.around(UserID(stored: user), count: Int64(count), in: close))
          let wanted = try await worker.get(target)
          #expect(neighbours.all("entries", "userId") == wanted.all("entries", "userId"), "\(target)")
          #expect(neighbours["offset"] == wanted["offset"])
        }
      }
      for score in [-1, 15, 19, 20, 21, 30, 31] {
        let target = "/points/leaderboard/around?board=earned&score=\(score)&count=2"
        let (wanted, around) = (
          try await worker.get(target),
          try await Self.answered(await past.around(score: Int64(score), count: 2, in: close))
        )
        #expect(around.all("entries", "userId") == wanted.all("entries", "userId"), "\(target)")
      }
    }
  }

  @Test(arguments: RankStyle.allCases, [false, true])
  func `ranks, and what was missing, in every style and direction`(
    style: RankStyle, isAscending: Bool
  ) async throws {
    try await ReadRoutesUnderTest.running { worker in
      let board = try await Self.define(worker, BoardOrder(style: style, isAscending: isAscending))
      try await SnapshotRoutesTests.fill(worker)
      let (close, past) = (try await Self.close(board, worker), Self.past(worker))
      // 30, 20, 20, 15; bob came to 20 before cy.
      let users = isAscending ? ["dan", "bob", "cy", "ada"] : ["ada", "bob", "cy", "dan"]
      let ranks: [String?] =
        switch style {
        case .competition: ["1", "2", "2", "4"]
        case .dense: ["1", "2", "2", "3"]
        case .ordinal: ["1", "2", "3", "4"]
        }
      let missing: [String?] = isAscending ? ["null", "5", "5", "10"] : ["null", "10", "10", "5"]
      var found: [[String?]] = [[], [], []]
      for user in users {
        let rank = try await Self.answered(await past.rank(of: UserID(stored: user), in: close))
        found[0].append(rank["rank"])
        found[1].append(rank["missing"])
        found[2].append(rank["percentile"])
      }
      #expect(found[0] == ranks && found[1] == missing)
      #expect(found[2] == ["100.00", "75.00", "75.00", "25.00"])
      let list = try await Self.answered(
        await past.users(["cy", "eve", "dan"].map { UserID(stored: $0) }, in: close))
      #expect(list.all("entries", "userId") == (isAscending ? ["dan", "cy"] : ["cy", "dan"]))
      #expect(list.all("entries", "localRank") == ["1", "2"] && list["unranked.0"] == "eve")
    }
  }

  @Test func `a user's ranks over seasons and snapshots, and the best of them`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let board = try await Self.define(worker)
      try await SnapshotRoutesTests.fill(worker)
      let first = try await SnapshotRoutesTests.take(worker, #"{"board":"league"}"#)
      try await worker.award(50, to: "dan")
      let second = try await SnapshotRoutesTests.take(worker, #"{"board":"league","pointType":"points"}"#)
      let path = "/points/leaderboard/history?board=league&userId=dan&best=true"
      let all = try await worker.get(path, as: .reader)
      #expect(all.all("ranks", "snapshotId") == [second, first] && all.all("ranks", "rank") == ["1", "4"])
      #expect(all["best.snapshotId"] == second && all["best.rank"] == "1" && all["board"] == "league")
      #expect(
        all.all("ranks", "period") == ["spring", "spring"] && all.all("ranks", "members") == ["4", "4"])
      let page = try await worker.get("\(path)&limit=1")
      let rest = try await worker.get("\(path)&limit=1&cursor=\(page["nextCursor"] ?? "")")
      #expect(page.all("ranks", "rank") == ["1"] && rest.all("ranks", "rank") == ["4"])
      // The season ends later than now, so its close shows the newest instant.
      let close = try await Self.close(board, worker)
      let closes = try await worker.get("\(path)&purpose=close")
      #expect(closes.all("ranks", "snapshotId") == [close.id.description])
      #expect(try await worker.get(path).all("ranks", "purpose") == ["close", "demand", "demand"])
      let nobody = try await worker.get("/points/leaderboard/history?board=league&userId=eve&best=true")
      #expect(nobody.count("ranks") == 0 && nobody["best"] == "null")
      let balance = try await worker.get("/points/leaderboard/history?userId=dan")
      #expect(balance.count("ranks") == 0 && balance["board"] == "balance" && balance["best"] == nil)
    }
  }

  @Test func `what was stored of a board outlives it`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let board = try await Self.define(worker)
      try await SnapshotRoutesTests.fill(worker)
      let id = try await SnapshotRoutesTests.take(worker, #"{"board":"league"}"#)
      let registry = BoardRegistry(
        pool: worker.pool, catalog: worker.lanes.catalog, zones: TimeZoneFiles())
      #expect(try await registry.remove(board.definition.id))
      let path = "/points/leaderboard/history?userId=ada&board="
      #expect(try await worker.get("\(path)league").problem == "404 not_found")
      let past = try await worker.get("\(path)\(board.definition.id)")
      #expect(past.all("ranks", "snapshotId") == [id])
      let list = try await worker.get("/points/snapshots?board=\(board.definition.id)")
      #expect(list.all("snapshots", "id") == [id] && list.all("snapshots", "board") == ["league"])
      let more = try await worker.send(
        "POST", "/points/snapshots", #"{"board":"\#(board.definition.id)"}"#)
      #expect(more.problem == "404 not_found")
    }
  }
}

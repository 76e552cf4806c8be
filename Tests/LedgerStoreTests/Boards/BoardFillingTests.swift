// Boards defined before, while and after postings are made: all of them must show the same.
import Boards
import Calendar
import Ledger
import PostgresClient
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct BoardFillingTests {
  @Test func `a board defined late is filled to what it would have counted`() async throws {
    var random = SeededGenerator.forThisRun()
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    let plans = Self.plans(&random)
    let (before, after) = (Self.postings(points, &random), Self.postings(points, &random))
    // Boards that are defined in one period after the other would not be the same.
    try await Midnight.pass(in: Self.zones)
    try await ledger.withLanes(2) { lanes in
      try await Self.define(plans, "early", on: points, lanes[0])
      try await Self.post(before, lanes)
      try await Self.define(plans, "late", on: points, lanes[1])
      async let filled = Self.fill(lanes[1])
      try await Self.post(after, lanes)
      #expect(try await filled == plans.count)
      let boards = try await lanes[0].with { pool, catalog throws(PostgresError) in
        try await catalog.refresh(from: pool)
        return catalog.boards.all
      }
      #expect(boards.count == 2 * plans.count && boards.allSatisfy { $0.definition.state == .ready })
      try await Self.compare(boards, plans.count, try await ledger.contents(), points)
    }
    try await ledger.contents().check()
  }

  private static let zones = ["UTC", "Asia/Kathmandu", "America/New_York"]

  /// Every metric once, with filters and periods as they come.
  private static func plans(_ random: inout SeededGenerator) -> [BoardTraits] {
    BoardMetric.allCases.map { metric in
      let categories: [EntryFilter.Categories] = [.all, .only(["pve", "raid"]), .except(["pvp"])]
      let rules: [PeriodRule] = [.allTime, .daily, .weekly(firstDay: .sunday), .monthly]
      return BoardTraits(
        displayName: metric.rawValue, metric: metric,
        filter: EntryFilter(
          categories: categories.randomElement(using: &random) ?? .all, countsRewards: .random(using: &random)
        ),
        rule: rules.randomElement(using: &random) ?? .daily,
        timeZone: zones.randomElement(using: &random) ?? "UTC",
        graceSeconds: [0, 3_600].randomElement(using: &random) ?? 0)
    }
  }

  /// For each what is posted, and how much of it is taken back at once.
  private static func postings(
    _ points: PointTypeID, _ random: inout SeededGenerator
  ) -> [(leg: Leg, takenBack: Int64?)] {
    (0..<150).map { _ in
      var details = TransactionDetails()
      details.category = [nil, "pve", "pvp", "raid"].randomElement(using: &random) ?? nil
      let leg = Leg(
        account: AccountKey(
          user: UserID(stored: "user-\(Int.random(in: 0..<12, using: &random))"), pointType: points),
        change: .credit(.random(in: 2...50, using: &random)),
        kind: [.award, .refund, .distribution].randomElement(using: &random) ?? .award, details: details)
      let isTakenBack = Int.random(in: 0..<3, using: &random) == 0 && leg.kind != .refund
      return (leg, isTakenBack ? [nil, 1].randomElement(using: &random) ?? 1 : 0)
    }
  }

  private static func define(
    _ plans: [BoardTraits], _ prefix: String, on points: PointTypeID, _ lane: TestLane
  ) async throws {
    for traits in plans {
      let outcome = try await lane.with { pool, catalog throws(PostgresError) in
        try await BoardRegistry(pool: pool, catalog: catalog, zones: TimeZoneFiles())
          .create("\(prefix)-\(traits.metric.rawValue)", of: points, traits)
      }
      guard case .created = outcome else {
        Issue.record("\(outcome)")
        continue
      }
    }
  }

  private static func post(
    _ postings: [(leg: Leg, takenBack: Int64?)], _ lanes: [TestLane]
  ) async throws {
    for (index, posting) in postings.enumerated() {
      let lane = lanes[index % lanes.count]
      let receipt = try #require(await lane.post(.of(posting.leg)).receipt)
      guard posting.takenBack != 0 else { continue }
      #expect(await lane.post(.of(.reversal(of: receipt.transactions[0], posting.takenBack))).receipt != nil)
    }
  }

  /// How many boards that finished.
  private static func fill(_ lane: TestLane) async throws -> Int {
    try await lane.with { pool, catalog throws(PostgresError) in
      let filler = BoardFiller(pool: pool, catalog: catalog)
      var finished = 0
      while true {
        let before = try await filler.remaining()
        let step = try await filler.step()
        finished += step.finished.count
        // Accounts come in while boards are filled, none is looked at twice.
        #expect(try await filler.remaining() >= before - Int64(step.visited))
        if !step.isMore { #expect(try await filler.remaining() == 0) }
        guard step.isMore else { return finished }
      }
    }
  }

  private static func compare(
    _ boards: [DefinedBoard], _ count: Int, _ contents: LedgerContents, _ points: PointTypeID
  ) async throws {
    var slots = 0
    for account in contents.accounts where account.key.pointType == points {
      for (early, late) in zip(boards.prefix(count), boards.suffix(count)) {
        let first = account.slots.filter { $0.key.board == early.definition.number }
        let second = account.slots.filter { $0.key.board == late.definition.number }
        #expect(
          first.map { [$0.score, $0.reachedAt.microseconds, $0.count, Int64($0.key.period)] }
            == second.map { [$0.score, $0.reachedAt.microseconds, $0.count, Int64($0.key.period)] },
          "\(early.definition.traits.metric) of \(account.key.user)")
        slots += first.count
      }
    }
    #expect(slots >= 12)
  }
}

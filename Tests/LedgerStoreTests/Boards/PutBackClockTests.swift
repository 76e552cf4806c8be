// A server's clock that is put back behind what was counted: nobody moves the end of a period, or announces
// one, so that what was counted would lie in another period than the one it counts in.
import Boards
import Calendar
import Ledger
import PostgresClient
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct PutBackClockTests {
  private static let noon: Int64 = 1_800_000_000_000_000
  private static let second: Int64 = 1_000_000

  /// Whether the batch has its position by then: either way it is known what it counted.
  @Test(arguments: [false, true])
  func `no bound of a period is moved to before what was counted`(isNumbered: Bool) async throws {
    let ledger = try await TestLedger.make()
    try await ledger.database.standStill(at: Self.noon)
    let points = try ledger.points
    try await ledger.withLanes(1) { lanes in
      let lane = lanes[0]
      let board = try await Self.define(["first": -60...10, "second": 30...60], on: points, lane)
      // Between the seasons, so in none.
      try await Self.setClock(to: 20, lane)
      #expect(await lane.post(.of(.credit(1, to: "ann", in: points))).receipt != nil)
      if isNumbered {
        _ = try await lane.with { pool, _ throws(PostgresError) in try await LedgerFollowing(pool).number() }
      }
      try await Self.setClock(to: 5, lane)
      let extended = try await Self.move("first", of: board, to: 25, lane)
      #expect(extended == .impossible("it is over"))
      // What lies behind all that was counted may still be moved.
      try await Self.setClock(to: 40, lane)
      #expect(await lane.post(.of(.credit(1, to: "bob", in: points))).receipt != nil)
      try await Self.setClock(to: 31, lane)
      #expect(
        try await Self.move("second", of: board, to: 38, lane)
          == .impossible("the end must lie in the future, by a second at the least"))
      let closed = try await Self.move("second", of: board, to: 45, lane)
      guard case .changed(let period) = closed else { throw Unexpected(outcome: "\(closed)") }
      #expect(period.end.microseconds == Self.noon + 45 * Self.second)
      let slots = try await ledger.contents().accounts.flatMap(\.slots)
      #expect(slots.map(\.key.period) == [2])
    }
  }

  @Test func `a board that is made while the clock is back counts from the moment that everybody has`()
    async throws
  {
    let ledger = try await TestLedger.make()
    try await ledger.database.standStill(at: Self.noon)
    let points = try ledger.points
    try await ledger.withLanes(1) { lanes in
      let lane = lanes[0]
      #expect(await lane.post(.of(.credit(1, to: "ann", in: points))).receipt != nil)
      try await Self.setClock(to: -86_400, lane)
      let outcome = try await lane.with { pool, catalog throws(PostgresError) in
        try await BoardRegistry(pool: pool, catalog: catalog, zones: TimeZoneFiles()).create(
          "days", of: points, BoardTraits(displayName: "Days", metric: .earned, rule: .daily))
      }
      guard case .created(let boards) = outcome else { throw Unexpected(outcome: "\(outcome)") }
      let first = try #require(boards.first?.periods.first)
      #expect(await lane.post(.of(.credit(1, to: "bob", in: points))).receipt != nil)
      let bob = try await ledger.contents().accounts.first { $0.key.user.text == "bob" }
      #expect(bob?.slots.map(\.key.period) == [first.number])
    }
  }

  private struct Unexpected: Error {
    let outcome: String
  }

  /// Seconds behind noon.
  private static func setClock(to seconds: Int64, _ lane: TestLane) async throws {
    _ = try await lane.with { pool, _ throws(PostgresError) in
      try await pool.query(SetClock(to: noon + seconds * second))
    }
  }

  private static func move(
    _ label: String, of board: DefinedBoard, to seconds: Int64, _ lane: TestLane
  ) async throws -> PeriodChange {
    try await lane.with { pool, catalog throws(PostgresError) in
      try await BoardRegistry(pool: pool, catalog: catalog, zones: TimeZoneFiles()).move(
        endOf: label, of: board.definition.id, to: Instant(microseconds: noon + seconds * second))
    }
  }

  /// Seasons by label, in seconds behind noon.
  private static func define(
    _ seasons: KeyValuePairs<String, ClosedRange<Int64>>, on points: PointTypeID, _ lane: TestLane
  ) async throws -> DefinedBoard {
    let seasons = seasons.map { label, span in
      Season(
        label: label, start: Instant(microseconds: noon + span.lowerBound * second),
        end: Instant(microseconds: noon + span.upperBound * second))
    }
    let outcome = try await lane.with { pool, catalog throws(PostgresError) in
      try await BoardRegistry(pool: pool, catalog: catalog, zones: TimeZoneFiles()).create(
        "league", of: points, BoardTraits(displayName: "League", metric: .earned, rule: .seasons),
        seasons: seasons)
    }
    guard case .created(let boards) = outcome else { throw Unexpected(outcome: "\(outcome)") }
    return try #require(boards.first)
  }
}

// Periods that end while postings are made: each entry counts on one side of the end, and a closed period
// takes nothing any more.
import Boards
import Calendar
import Ledger
import PostgresClient
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct PeriodClosingTests {
  @Test func `whatever is posted over the end of a season counts on one side of it`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes(2) { lanes in
      let board = try await Self.define(["first": -60...8, "second": 8...600], on: points, lanes[0])
      let first = try #require(board.periods.first)
      async let outcome = Self.closeOne(lanes[1])
      var (round, last) = (0, first.start)
      while last.microseconds < first.end.microseconds + 200_000 {
        let leg = Leg.credit(1, to: "user-\(round % 7)", in: points)
        last = try #require(await lanes[round % 2].post(.of(leg)).receipt).transactions[0].createdAt
        round += 1
      }
      let (closed, atClose) = try await outcome
      #expect(closed.frozen == [SlotKey(board: board.definition.number, period: 1)])
      let contents = try await ledger.contents()
      let inFirst = contents.transactions.filter { $0.createdAt >= first.start && $0.createdAt < first.end }
      #expect(!inFirst.isEmpty && inFirst.count < contents.transactions.count)
      #expect(atClose == Int64(inFirst.count))
      let second = contents.accounts.flatMap(\.slots).filter { $0.key.period == 2 }.reduce(0) {
        $0 + $1.score
      }
      #expect(second == Int64(contents.transactions.filter { $0.createdAt >= first.end }.count))
      // Whoever was written since then lost the place that is stored by now.
      #expect(await lanes[0].post(.of(.credit(1, to: "user-1", in: points))).receipt != nil)
      let again = try await ledger.contents().accounts.first { $0.key.user.text == "user-1" }
      #expect(again?.slots.map(\.key.period) == [2])
    }
  }

  @Test func `a close waits for a transaction that can still count in the period`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes(2) { lanes in
      let board = try await Self.define(["only": -60...0.5], on: points, lanes[0])
      let held = try await LedgerDatabase.withSession(try ledger.database.ownerOptions()) { session in
        try await session.run(
          script: SQL.script(
            "hold", "BEGIN; SELECT pg_advisory_xact_lock_shared(88282310464595); SELECT pg_sleep(0.7)"))
        async let closed = Self.closeOne(lanes[1])
        // The period is over, and the transaction is not.
        try await Task.sleep(for: .milliseconds(400))
        let states = try await Self.states(of: board, lanes[0])
        try await session.run(script: SQL.script("let_go", "COMMIT"))
        _ = try await closed
        return states
      }
      #expect(held == [.open])
      #expect(try await Self.states(of: board, lanes[0]) == [.frozen])
    }
  }

  @Test func `seasons that are over are closed in order, and frozen by one change`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes(1) { lanes in
      let board = try await Self.define(
        ["first": -60...(-40), "second": -40...(-20), "third": -20...(-1), "now": -1...600], on: points,
        lanes[0])
      let (before, order, after) = try await lanes[0].with { pool, catalog throws(PostgresError) in
        let found = Found()
        let before = try await pool.first(ReadClock())?.generation ?? 0
        let outcome = try await PeriodCloser(pool: pool, catalog: catalog).closeDue { _, period in
          found.labels.append(period.label)
          // One that cannot be stored holds up no other.
          return period.label == "second" ? .failed("no room") : .snapshot(SnapshotID(UUIDBits.random()))
        }
        #expect(outcome.closed == 3 && outcome.failed == 1)
        #expect(outcome.frozen == [1, 3].map { SlotKey(board: board.definition.number, period: $0) })
        return (before, found.labels, try await pool.first(ReadClock())?.generation ?? 0)
      }
      #expect(order == ["first", "second", "third"])
      // One for what was closed, one for what was frozen.
      #expect(after == before + 2)
      #expect(try await Self.states(of: board, lanes[0]) == [.open, .frozen, .failed, .frozen])
    }
  }

  /// Seasons by label, in seconds from now.
  private static func define(
    _ seasons: KeyValuePairs<String, ClosedRange<Double>>, on points: PointTypeID, _ lane: TestLane
  ) async throws -> DefinedBoard {
    let spans = seasons.map { ($0.key, $0.value) }
    let outcome = try await lane.with { pool, catalog throws(PostgresError) in
      guard let clock = try await pool.first(ReadClock()) else { throw .unexpectedRowCount(0) }
      let seasons = spans.map { label, span in
        Season(label: label, start: clock.now.after(span.lowerBound), end: clock.now.after(span.upperBound))
      }
      return try await BoardRegistry(pool: pool, catalog: catalog, zones: TimeZoneFiles()).create(
        "league", of: points, BoardTraits(displayName: "League", metric: .earned, rule: .seasons),
        seasons: seasons)
    }
    guard case .created(let boards) = outcome else { throw Unexpected(outcome: "\(outcome)") }
    return try #require(boards.first)
  }

  private struct Unexpected: Error {
    let outcome: String
  }

  /// Closes until something was closed; answers that, and the sum of the period's scores when it was stored.
  private static func closeOne(_ lane: TestLane) async throws -> (PeriodCloser.Outcome, Int64) {
    try await lane.with { pool, catalog throws(PostgresError) in
      let closer = PeriodCloser(pool: pool, catalog: catalog)
      while true {
        let found = Found()
        let outcome = try await closer.closeDue { board, period throws(PostgresError) in
          found.sum =
            try await pool.first(
              SumOfPeriod(key: SlotKey(board: board.definition.number, period: period.number))) ?? 0
          return .snapshot(SnapshotID(UUIDBits.random()))
        }
        if !outcome.frozen.isEmpty { return (outcome, found.sum) }
        _ = try await pool.query(Nap())
      }
    }
  }

  private static func states(of board: DefinedBoard, _ lane: TestLane) async throws -> [BoardPeriod.State] {
    try await lane.with { pool, catalog throws(PostgresError) in
      try await BoardRegistry(pool: pool, catalog: catalog, zones: TimeZoneFiles())
        .periods(of: board.definition.id, limit: 10)
    }.map(\.state)
  }
}

/// Used on one loop.
private final class Found: @unchecked Sendable {
  var sum = Int64(0)
  var labels: [String] = []
}

private struct Nap: PostgresStatement {
  static let sql = SQL.script("nap", "SELECT pg_sleep(0.02)")
  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

private struct SumOfPeriod: PostgresStatement {
  static let sql = SQL.script(
    "sum_of_period",
    """
    SELECT coalesce(sum(slot_values[3 * array_position(slot_keys, $1::bigint) - 2]), 0)::bigint
    FROM accounts WHERE slot_keys @> ARRAY[$1::bigint]
    """)

  let key: SlotKey

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(key.bits)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 { try row.value(0) }
}

extension Instant {
  fileprivate func after(_ seconds: Double) -> Instant {
    Instant(microseconds: microseconds + Int64(seconds * 1_000_000))
  }
}

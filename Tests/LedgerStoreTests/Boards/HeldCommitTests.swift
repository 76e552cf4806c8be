// A commit that is held open across the end of a season: it counts in the season, for its clock was read
// before the end; the close waits for it, and a snapshot on demand does not.
import Boards
import Cryptography
import Ledger
import PostgresClient
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct HeldCommitTests {
  @Test func `what is committed after the end and was decided before it is in the close`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    let holding = try ledger.database.ownerOptions()
    try await ledger.withLanes(3) { lanes in
      let desk = ClosingDesk(lanes[1])
      let board = try await desk.define("league", on: points, endingIn: 15)
      let period = try #require(board.periods.first)
      #expect(await lanes[0].post(.of(.credit(5, to: "anna", in: points))).receipt != nil)
      let before = try await ledger.contents()

      let late = try await LedgerDatabase.withSession(holding) { session in
        // Every posting writes there last.
        try await session.run(
          script: SQL.script("hold", "BEGIN; LOCK TABLE batches IN SHARE ROW EXCLUSIVE MODE"))
        async let posted = lanes[0].post(.of(.credit(7, to: "bert", in: points)))
        try await session.run(script: Self.untilHeld)
        try await session.run(script: Self.sleep(until: period.end))
        // Over by the clock, and not closed: somebody may still count in it.
        try await desk.beginClosing()
        #expect(try await desk.state(of: board) == .open)
        let open = try await desk.take(ClosingDesk.demand(1, of: board, period))
        #expect(open.contents?.digest.bytes == before.digest(of: period, on: points))
        try await session.run(script: SQL.script("let_go", "COMMIT"))
        return await posted
      }
      let held = try #require(late.receipt?.transactions.first)
      #expect(held.createdAt < period.end)
      try await desk.beginClosing()
      #expect(try await desk.state(of: board) == .closing)
      // From here on its places stand still, whoever posts.
      let behind = await lanes[2].post(.of(.credit(9, to: "anna", in: points)))
      #expect(try #require(behind.receipt?.transactions.first).createdAt >= period.end)
      let closing = try await desk.take(ClosingDesk.demand(2, of: board, period))
      #expect(try await desk.close { !$0.isEmpty }.count == 1)
      let expected = try await ledger.contents().digest(of: period, on: points)
      #expect(expected != before.digest(of: period, on: points))
      #expect(closing.contents?.digest.bytes == expected)
      #expect(try await desk.stored(board)?.contents?.digest.bytes == expected)
    }
  }

  /// Until somebody waits for the lock that this session has.
  private static let untilHeld = SQL.script(
    "until_held",
    """
    DO $$ BEGIN
      WHILE NOT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'batches'::regclass) LOOP
        PERFORM pg_sleep(0.005);
      END LOOP;
    END $$
    """)

  private static func sleep(until end: Instant) -> PostgresSQL {
    SQL.script(
      "sleep_until",
      """
      SELECT pg_sleep(greatest(0, extract(epoch FROM
        'epoch'::timestamptz + \(end.microseconds) * interval '1 microsecond' - clock_timestamp())) + 0.05)
      """)
  }
}

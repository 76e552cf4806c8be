// What a period tells of the payouts for it.
import Boards
import Calendar
import EventLoop
import Ledger
import PostgresClient
import Rewards
import Testing

@testable import LedgerStore

@Suite struct PaidPeriodTests {
  @Test func `a period tells how its last payout goes, and why it failed`() async throws {
    try await withPayouts { payouts in
      let terms = payouts.terms(payouts.rules([(1...1, 5)]))
      try await payouts.use(terms)
      let (board, close) = try await payouts.closedSeason()
      func shown() async throws -> BoardPeriod {
        let pool = payouts.ledger.pool
        let periods = try await pool.query(
          ReadPeriods(board: board.definition.id, before: .max, limit: 1, begunOnly: false))
        guard let period = periods.first?.period else { throw Surprise(what: "no period") }
        #expect(!period.isUnsettled && period.snapshot != nil)
        return period
      }
      #expect(try await shown().state == .frozen)
      let rejected = try await payouts.planned(close, payouts.terms(terms.rules, needsApproval: true))
      #expect(try await shown().state == .paying)
      _ = try await payouts.store.reject(rejected.id, because: "too little", by: payouts.other)
      #expect(try await shown().state == .frozen)

      let made = try await payouts.planned(close, terms)
      try await payouts.ledger.pool.execute(
        MoveDistribution(number: made.number, to: .failed, reason: "the type is gone"))
      let failed = try await shown()
      #expect(failed.state == .failed && failed.reason == "the type is gone")
      _ = try await payouts.retry(made)
      let going = try await shown()
      #expect(going.state == .paying && going.reason == nil)
      _ = try await payouts.runner.runOnce()
      #expect(try await shown().state == .paid)

      // What is mended afterwards was paid all the same.
      let revision = try await payouts.revised(close, ["ada": nil])
      let revised = try await shown()
      #expect(revised.state == .paid && revised.snapshot == revision.id)
    }
  }
}

extension PayoutsUnderTest {
  /// A board with one season in which ada and bob earned something, and the snapshot with which it was
  /// closed.
  fileprivate func closedSeason() async throws -> (DefinedBoard, Snapshot) {
    guard let clock = try await ledger.pool.first(ReadClock()) else { throw Surprise(what: "no clock") }
    let season = Season(
      label: "only", start: Instant(microseconds: clock.now.microseconds - 60_000_000),
      end: Instant(microseconds: clock.now.microseconds + 20_000_000))
    let registry = BoardRegistry(pool: ledger.pool, catalog: ledger.catalog, zones: TimeZoneFiles())
    let outcome = try await registry.create(
      "league", of: type, BoardTraits(displayName: "League", metric: .earned, rule: .seasons),
      seasons: [season])
    guard case .created(let boards) = outcome, let board = boards.first else {
      throw Surprise(what: "\(outcome)")
    }
    for (user, amount) in [("ada", 30), ("bob", 20)] { try await ledger.award(Int64(amount), to: key(user)) }
    let closer = PeriodCloser(pool: ledger.pool, catalog: ledger.catalog)
    let settling = self.settling
    while true {
      let closed = try await closer.closeDue { board, period throws(PostgresError) in
        guard case .complete(let snapshot) = try await settling.take(ClosingDesk.plan(of: board, period))
        else {
          return .elsewhere
        }
        return .snapshot(snapshot.id)
      }
      if !closed.frozen.isEmpty { break }
      try await ledger.loop.sleep(for: .milliseconds(50))
    }
    let close = try await SnapshotReader(pool: ledger.pool).close(of: board.definition.id, period: 1)
    guard let close else { throw Surprise(what: "no close") }
    return (board, close)
  }
}

// Snapshots whose time is over, as the duty removes them: never before, and never without a word.
import Boards
import EventLoop
import Jobs
import Ledger
import LedgerStore
import TestSupport
import Testing

@testable import Service

@Suite struct SnapshotRetiringTests {
  @Test func `only what has had its time goes, and its row stays`() async throws {
    try await SnapshotDutiesUnderTest.running { duties in
      let over = try await Self.take(duties, keepUntil: Instant(microseconds: 1_000_000_000_000_000))
      let later = try await Self.take(duties, keepUntil: Instant(microseconds: 9_000_000_000_000_000))
      let forEver = try await Self.take(duties, keepUntil: nil)
      let outcome = try await duties.retirer().retire(JobProgress())
      #expect(outcome.counts.map(\.value) == [1, 3, 0] && outcome.didSomething)
      #expect(duties.told == ["removed 3"])
      #expect(duties.tally.counts.removed == 1 && duties.tally.counts.removedEntries == 3)
      let gone = try await duties.reader.snapshot(over.id)
      #expect(gone?.contents == over.contents)
      guard case .expired(let removedAt) = gone?.state else {
        Issue.record("\(gone as Any)")
        return
      }
      #expect(removedAt != nil)
      for kept in [later, forEver] {
        #expect(try await duties.reader.contents(of: kept.number) == kept.contents)
      }
      #expect(try await !duties.retirer().retire(JobProgress()).didSomething)
    }
  }

  @Test func `closes are kept for ever unless a policy says otherwise, and a day longer than told`()
    async throws
  {
    try await SnapshotDutiesUnderTest.running { duties in
      let close = try await Self.close(duties, period: 1, endedDaysAgo: 40)
      let young = try await Self.close(duties, period: 2, endedDaysAgo: 20)
      #expect(try await !duties.retirer().retire(JobProgress()).didSomething)
      let policy = duties.retirer(keepClosesDays: 30)
      #expect(try await policy.retire(JobProgress()).counts.map(\.value) == [0, 0, 1])
      let announced = try await duties.reader.snapshot(close.id)
      #expect(announced?.isComplete == true && announced?.plan.keepUntil != nil)
      #expect(
        (announced?.plan.keepUntil ?? .day(1))
          > Instant(microseconds: WallClock.now.microseconds + 86_000_000_000))
      // Announced once, and gone after that day.
      #expect(try await !policy.retire(JobProgress()).didSomething)
      try await duties.run("UPDATE snapshots SET keep_until = keep_until - interval '25 hours'")
      #expect(try await policy.retire(JobProgress()).counts.map(\.value) == [1, 3, 0])
      #expect(try await duties.reader.snapshot(young.id)?.isComplete == true)
    }
  }

  private static func take(
    _ duties: SnapshotDutiesUnderTest, keepUntil: Instant?
  ) async throws -> Snapshot {
    try await complete(
      SnapshotPlan(
        id: SnapshotID(.random()), board: .balance(of: duties.type), purpose: .demand, keepUntil: keepUntil),
      duties)
  }

  private static func close(
    _ duties: SnapshotDutiesUnderTest, period: Int32, endedDaysAgo days: Int64
  ) async throws -> Snapshot {
    let board = BoardID(UUIDBits(high: 4, low: 5))
    let slot = SlotKey(board: 9, period: period)
    try await duties.run(
      """
      UPDATE accounts SET slot_keys = ARRAY[\(slot.bits)], slot_values = ARRAY[7::bigint, 1000000, 1]
      """)
    let end = Instant(microseconds: WallClock.now.microseconds - days * 86_400_000_000)
    return try await complete(
      .close(
        of: board, SnapshotBoard(pointType: duties.type, key: .defined(board), name: "league"),
        period: SnapshotPlan.Period(number: period, label: "\(period)"), endingAt: end, slot: slot,
        order: BoardOrder(), eligibility: Eligibility(enabledOnly: false)), duties)
  }

  private static func complete(
    _ plan: SnapshotPlan, _ duties: SnapshotDutiesUnderTest
  ) async throws -> Snapshot {
    guard case .complete(let snapshot) = try await duties.settling.take(plan) else {
      throw SnapshotDutiesUnderTest.Unfit()
    }
    return snapshot
  }
}

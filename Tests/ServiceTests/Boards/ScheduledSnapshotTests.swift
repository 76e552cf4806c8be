// Snapshots that are taken by schedule: each due instant once, whoever looks, and whatever dies.
import Boards
import Calendar
import EventLoop
import Ledger
import LedgerStore
import TestSupport
import Testing

@testable import Service

@Suite struct ScheduledSnapshotTests {
  @Test func `what is due is taken once, and says by which schedule it was`() async throws {
    try await SnapshotDutiesUnderTest.running { duties in
      let taker = duties.taker()
      try await duties.schedule("nightly", "0 3 * * *", after: .day(1), keepDays: 7)
      #expect(try await taker.runOnce(at: .day(1, 2, 59)) == ScheduledSnapshots.Outcome())
      var outcome = ScheduledSnapshots.Outcome()
      (outcome.begun, outcome.taken) = (1, 1)
      #expect(try await taker.runOnce(at: .day(1, 3)) == outcome)
      #expect(try await taker.runOnce(at: .day(1, 3, 1)) == ScheduledSnapshots.Outcome())
      let taken = try await duties.taken()
      #expect(taken.count == 1 && taken.first?.isComplete == true)
      #expect(taken.first?.plan.turn?.name == "nightly" && taken.first?.plan.turn?.dueAt == .day(1, 3))
      #expect(taken.first?.plan.keepUntil == .day(8, 3) && taken.first?.contents?.members == 3)
      // The Redis of this test is not there, which the row says.
      #expect(taken.first?.notCompared?.hasPrefix("Redis") == true)
      let record = try await duties.schedules.find("nightly")
      #expect(record?.nextDueAt == .day(2, 3) && record?.last?.snapshot == taken.first?.id)
      #expect(duties.tally.counts.taken == [.scheduled: 1] && duties.tally.counts.notCompared == 1)
    }
  }

  @Test func `of what was missed only the last instant is made up for`() async throws {
    try await SnapshotDutiesUnderTest.running { duties in
      let taker = duties.taker()
      try await duties.schedule("quarterly", "*/15 * * * *", after: .day(1))
      try await duties.schedule("yearly", "0 0 1 11 *", after: .day(0))
      let outcome = try await taker.runOnce(at: .day(9, 5, 7))
      #expect(outcome.taken == 2 && outcome.trouble.isEmpty)
      let dues = Set(try await duties.taken().compactMap { $0.plan.turn?.dueAt })
      #expect(dues == [.day(9, 5, 0), .day(1)])
      #expect(try await duties.schedules.find("quarterly")?.nextDueAt == .day(9, 5, 15))
    }
  }

  @Test func `ten that look at once take one`() async throws {
    try await SnapshotDutiesUnderTest.running { duties in
      let loop = duties.loop
      try await duties.schedule("often", "* * * * *", after: .day(1))
      for minute in 1...4 {
        let runs = (0..<10).map { _ in
          loop.spawn { _ = try? await duties.taker().runOnce(at: .day(1, 0, minute)) }
        }
        for run in runs { await run.value }
        _ = try await duties.taker().runOnce(at: .day(1, 0, minute))
        let taken = try await duties.taken()
        #expect(taken.count == minute && taken.allSatisfy(\.isComplete))
        #expect(taken.first?.plan.turn?.dueAt == .day(1, 0, minute))
      }
    }
  }

  @Test func `what one began and did not finish the next one finishes`() async throws {
    try await SnapshotDutiesUnderTest.running { duties in
      let record = try await duties.schedule("daily", "@daily", after: .day(1))
      let turn = record.schedule.turn(dueAt: .day(2))
      let plan = SnapshotPlan(
        id: SnapshotID(of: turn), board: record.schedule.board, purpose: .scheduled, turn: turn)
      #expect(try await duties.schedules.begin(plan, for: record, next: .day(3)))
      // A process that was stopped there, and comes back late, begins nothing.
      #expect(try await !duties.schedules.begin(plan, for: record, next: .day(3)))
      #expect(try await duties.taken().first?.state == .building)
      let outcome = try await duties.taker().runOnce(at: .day(2, 0, 1))
      #expect(outcome.begun == 0 && outcome.taken == 1)
      #expect(try await duties.taken().map(\.isComplete) == [true])
    }
  }

  @Test(arguments: [
    // Berlin's clocks go back on 25 October 2026: 2:30 comes twice, and is due the first time.
    ("30 2 * * *", -8), ("0 * * * *", -7),
  ])
  func `clocks that change are no more and no fewer instants`(
    expression: String, day: Int
  ) async throws {
    try await SnapshotDutiesUnderTest.running { duties in
      let zone = try TimeZoneFiles().zone(named: "Europe/Berlin")
      let cron = try CronExpression(expression)
      try await duties.schedule("local", expression, in: "Europe/Berlin", after: .day(day))
      var (expected, now): ([Instant], Instant) = ([], .day(day))
      while expected.count < 30, let due = cron.next(after: now.microseconds, in: zone) {
        now = Instant(microseconds: due)
        expected.append(now)
        // Looked at twice, at the instant and a little later.
        _ = try await duties.taker().runOnce(at: now)
        _ = try await duties.taker().runOnce(at: Instant(microseconds: due + 30_000_000))
      }
      let dues = try await duties.taken().compactMap { $0.plan.turn?.dueAt }.sorted()
      #expect(dues == expected)
      if expression.hasPrefix("30 2") {
        // 25 October: 2:30 in summer time is 0:30 in UTC, the day after 1:30.
        #expect(dues.contains(.day(-6, 0, 30)) && dues.contains(.day(-5, 1, 30)))
        #expect(!dues.contains(.day(-6, 1, 30)))
      } else {
        #expect(zip(dues, dues.dropFirst()).allSatisfy { $1.microseconds - $0.microseconds == 3_600_000_000 })
      }
    }
  }

  @Test func `where there is nothing to take the instant is passed, and says why`() async throws {
    try await SnapshotDutiesUnderTest.running { duties in
      let gone = BoardID(UUIDBits(high: 4, low: 4))
      try await duties.schedule(
        "gone", "@hourly", after: .day(1),
        board: SnapshotBoard(pointType: duties.type, key: .defined(gone), name: "league"))
      let outcome = try await duties.taker().runOnce(at: .day(1, 1))
      #expect(outcome.passed == 1 && outcome.begun == 0)
      let record = try await duties.schedules.find("gone")
      #expect(record?.last?.refusal == "the board was removed" && record?.last?.dueAt == .day(1, 1))
      #expect(record?.nextDueAt == .day(1, 2) && duties.told == ["passed gone: the board was removed"])
    }
  }

  @Test func `one of a mirror that cannot be read is tried three times, and has failed`() async throws {
    try await SnapshotDutiesUnderTest.running { duties in
      try await duties.schedule("seen", "@hourly", after: .day(1), source: .live)
      for attempt in 1...3 {
        let outcome = try await duties.taker().runOnce(at: .day(1, 1))
        #expect(outcome.taken == 0 && outcome.failed == (attempt == 3 ? 1 : 0))
        #expect(outcome.trouble.count == (attempt == 3 ? 0 : 1))
        // Not at once again.
        #expect(try await duties.taker().runOnce(at: .day(1, 1)) == ScheduledSnapshots.Outcome())
        try await duties.run("UPDATE snapshots SET tried_at = tried_at - interval '31 seconds'")
      }
      let failed = try await duties.taken().first
      #expect(failed?.state == .failed(reason: "Redis cannot be asked for boards now."))
      #expect(duties.tally.counts.failed == 1)
      #expect(try await duties.taker().runOnce(at: .day(1, 1)) == ScheduledSnapshots.Outcome())
    }
  }

  @Test func `one on demand whose process is gone is finished after its time`() async throws {
    try await SnapshotDutiesUnderTest.running { duties in
      let plan = SnapshotPlan(
        id: SnapshotID(.random()), board: .earned(of: duties.type), purpose: .demand)
      _ = try await duties.settling.begin(plan)
      // Its process may be at it yet.
      #expect(try await duties.taker().runOnce().taken == 0)
      try await duties.run("UPDATE snapshots SET began_at = began_at - interval '61 seconds'")
      #expect(try await duties.taker().runOnce().taken == 1)
      let taken = try await duties.reader.snapshot(plan.id)
      #expect(taken?.isComplete == true && taken?.contents?.scoreSum == 60)
      // Its process was only slow.
      guard let taken, case .complete(let same) = try await duties.settling.settle(taken) else {
        Issue.record("it is not there")
        return
      }
      #expect(same.contents == taken.contents)
    }
  }

  @Test func `one of a period that was stored meanwhile has failed, and shows nobody a part of it`()
    async throws
  {
    try await SnapshotDutiesUnderTest.running { duties in
      let board = BoardID(UUIDBits(high: 4, low: 5))
      let plan = SnapshotPlan(
        id: SnapshotID(.random()),
        board: SnapshotBoard(pointType: duties.type, key: .defined(board), name: "league"),
        period: SnapshotPlan.Period(number: 3, label: "three"), purpose: .demand,
        slot: SlotKey(board: 9, period: 3))
      guard case .ended(let ended) = try await duties.settling.take(plan) else {
        Issue.record("it was taken")
        return
      }
      guard case .failed(let reason) = ended.state else {
        Issue.record("\(ended.state)")
        return
      }
      #expect(reason.hasPrefix("the period was stored"))
      #expect(try await duties.reader.entries(of: ended.number, limit: 9).isEmpty)
    }
  }
}

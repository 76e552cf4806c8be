// Ranks that are corrected while somebody is about to pay for them: whatever was read before the ranks are
// held counts for nothing.
import Ledger
import PostgresClient
import Rewards
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct HeldRanksTests {
  @Test func `of ranks that were corrected and paid since they were read nothing is paid`() async throws {
    try await withPayouts { payouts in
      let first = try await payouts.threeRanked()
      let terms = payouts.terms(payouts.rules([(1...1, 100)]))
      let second = try await payouts.revised(first, ["ada": nil])
      _ = try await payouts.planned(second, terms)
      _ = try await payouts.runner.runOnce()
      #expect(try await payouts.create(first) == .refused(.superseded(by: second.id)))
      #expect(try await payouts.store.preview(first) == .refused(.superseded(by: second.id)))
      #expect(try await payouts.runner.runOnce() == PayoutRunner.Outcome())
      #expect(try await payouts.balance("ada") == 30)
      #expect(try await payouts.balance("bob") == 120)
    }
  }

  @Test func `who waits for ranks that are corrected meanwhile does not pay for them`() async throws {
    let database = try await LedgerDatabase.make()
    try await withPayouts(in: database) { payouts in
      let first = try await payouts.threeRanked()
      try await payouts.use(payouts.terms(payouts.rules([(1...1, 100)])))
      var options = try database.ownerOptions(application: "holder")
      options.idleInTransactionTimeout = .seconds(60)
      let holdersOptions = options
      let holder = Holder()
      async let holding: Void = holder.hold(Self.hold(first), holdersOptions)
      await holder.holds.wait()
      async let late = payouts.create(first)
      defer { holder.letGo() }
      try await database.run("until_somebody_waits", Self.untilSomebodyWaits)
      let second = try await payouts.revised(first, ["ada": nil])
      holder.letGo()
      try await holding
      let answer = try await late
      #expect(answer == .refused(.superseded(by: second.id)))
      #expect(try await payouts.planned(second).legs == 1)
    }
  }

  @Test func `what was planned before the ranks were corrected is not approved any more`() async throws {
    try await withPayouts { payouts in
      let first = try await payouts.threeRanked()
      let made = try await payouts.planned(
        first, payouts.terms(payouts.rules([(1...1, 100)]), needsApproval: true))
      let second = try await payouts.revised(first, ["ada": nil])
      let late = try await payouts.store.approve(made.id, hash: made.hash, by: payouts.other)
      #expect(late == .corrected(newest: second.id))
      #expect(try await payouts.runner.runOnce() == PayoutRunner.Outcome())
      // It is in the way of the right one until somebody says no to it.
      #expect(try await payouts.create(second) == .refused(.unsettled(made.id)))
      _ = try await payouts.store.reject(made.id, because: "corrected", by: payouts.other)
      let right = try await payouts.planned(second)
      #expect(right.phase == .waiting)
      guard case .done = try await payouts.store.approve(right.id, hash: right.hash, by: payouts.other)
      else { throw Surprise(what: "not approved") }
      _ = try await payouts.runner.runOnce()
      #expect(try await payouts.balance("ada") == 30)
      #expect(try await payouts.balance("bob") == 120)
    }
  }

  @Test func `of ranks whose time is over nothing is planned, though somebody has read them before`()
    async throws
  {
    let database = try await LedgerDatabase.make()
    try await withPayouts(in: database) { payouts in
      let ranks = try await payouts.threeRanked()
      try await payouts.use(payouts.terms(payouts.rules([(1...3, 100)])))
      try await payouts.keepNoLonger(ranks)
      // As it is in the middle of a removal, which begins with the last.
      try await database.run(
        "begin_removal",
        "UPDATE snapshots SET state = 'expired'; DELETE FROM snapshot_entries WHERE place > 1")
      let refusals: [DistributionStore.Creation] = [
        try await payouts.create(ranks),
        .refused(try #require(try await payouts.store.preview(ranks).refusal)),
      ]
      for case .refused(.unreadable(let now)) in refusals { #expect(now.state == .expired(removedAt: nil)) }
      #expect(refusals.allSatisfy { if case .refused(.unreadable) = $0 { true } else { false } })
      #expect(try await payouts.store.list(limit: 1).isEmpty)
    }
  }

  @Test func `a part of the ranks makes no plan`() async throws {
    let database = try await LedgerDatabase.make()
    try await withPayouts(in: database) { payouts in
      let ranks = try await payouts.threeRanked()
      let rules = payouts.rules([(1...3, 100)])
      try await payouts.keepNoLonger(ranks)
      for (left, page) in [(2, 5), (2, 2), (1, 1), (0, 3)] {
        try await database.run(
          "remove_some",
          "UPDATE snapshots SET state = 'expired'; DELETE FROM snapshot_entries WHERE place > \(left)")
        let outcome = try await payouts.ledger.pool.transaction { transaction throws(PostgresError) in
          try await PayoutPlanner(transaction: transaction, page: page)
            .plan(ranks, revising: [], by: rules, RewardTerms())
        }
        #expect(outcome == .cutOff, "\(left) are left, pages of \(page)")
      }
    }
  }

  /// As somebody does who plans for them.
  private static func hold(_ ranks: Snapshot) -> PostgresSQL {
    SQL.script(
      "hold_ranks",
      "SELECT pg_advisory_xact_lock(hashtextextended('points: payouts for \(ranks.plan.original)', 0))")
  }

  private static let untilSomebodyWaits =
    """
    DO $$ BEGIN
      WHILE NOT EXISTS (
        SELECT FROM pg_locks WHERE NOT granted AND locktype = 'advisory'
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
      LOOP
        PERFORM pg_sleep(0.005);
      END LOOP;
    END $$
    """
}

extension DistributionStore.Preview {
  fileprivate var refusal: DistributionStore.PlanRefusal? {
    if case .refused(let refusal) = self { refusal } else { nil }
  }
}

extension PayoutsUnderTest {
  fileprivate func keepNoLonger(_ snapshot: Snapshot) async throws {
    let past = Instant(microseconds: 1_000_000_000_000_000)
    guard try await SnapshotRetention(pool: ledger.pool).keep(snapshot.id, until: past) else {
      throw Surprise(what: "it is gone")
    }
  }

  /// Ada has 30, Bob 20 and Cyd 10.
  func threeRanked() async throws -> Snapshot {
    for (user, amount) in [("ada", 30), ("bob", 20), ("cyd", 10)] {
      try await ledger.award(Int64(amount), to: key(user))
    }
    return try await ranks()
  }
}

// Closes that are paid without being asked: once each, also where nobody has won anything.
import Boards
import Ledger
import Rewards
import Testing

@testable import LedgerStore

@Suite struct AutomaticPayoutTests {
  @Test func `a period in which nobody won anything is paid, without lines and without an approval`()
    async throws
  {
    try await withPayouts { payouts in
      let since = try await payouts.payByItself(needsApproval: true)
      let close = try await payouts.close(1, at: since)
      let first = try await payouts.planByItself()
      #expect(first.planned == 1 && first.refused == 0)
      let made = try #require(try await payouts.store.present(for: close.id))
      #expect(made.phase == .paying && made.legs == 0 && !made.needsApproval)
      let outcome = try await payouts.runner.runOnce()
      #expect(outcome.paid == 1 && outcome.postings == 0)
      let paid = try await payouts.now(made)
      #expect(paid.phase == .paid)
      #expect(try await payouts.planByItself() == AutomaticPayouts.Outcome())
      #expect(try await payouts.create(close) == .present(paid))
    }
  }

  @Test func `without a rule a close is not paid by itself, and says so once`() async throws {
    try await withPayouts { payouts in
      let since = try await payouts.payByItself(hasRule: false)
      let close = try await payouts.close(1, at: since)
      #expect(try await payouts.planByItself().refused == 1)
      #expect(try await payouts.planByItself() == AutomaticPayouts.Outcome())
      let failed = try await payouts.store.list(for: close.id, limit: 9)
      #expect(failed.map(\.phase) == [.failed] && failed[0].reason != nil)
    }
  }

  @Test func `by hand nothing is planned where nobody gets anything`() async throws {
    try await withPayouts { payouts in
      let since = try await payouts.payByItself()
      #expect(try await payouts.create(try await payouts.close(1, at: since)) == .refused(.nothingToPay))
    }
  }
}

extension PayoutsUnderTest {
  private var board: SnapshotBoard {
    SnapshotBoard(pointType: type, key: .defined(SnapshotPlan.testBoard), name: "weekly")
  }

  /// From the instant on that is given back the board is paid for each close.
  fileprivate func payByItself(hasRule: Bool = true, needsApproval: Bool = false) async throws -> Instant {
    let place = NamedRewardScope(board)
    if hasRule, let reward = Reward(5, of: type) {
      let traits = RewardRuleTraits(reach: .ranks(1...3), rewards: [reward])
      guard case .saved = try await RewardRuleStore(pool: ledger.pool).create(traits, in: place) else {
        throw Surprise(what: "no rule")
      }
    }
    let saving = try await RewardTermsStore(pool: ledger.pool).set(
      RewardTermsTraits(needsApproval: needsApproval, isAutomatic: true), in: place)
    guard case .saved(let terms) = saving else { throw Surprise(what: "\(saving)") }
    return terms.validity.from
  }

  /// The close of a period in which nobody played.
  fileprivate func close(_ period: Int32, at end: Instant) async throws -> Snapshot {
    let plan = SnapshotPlan.close(
      of: SnapshotPlan.testBoard, board, period: SnapshotPlan.Period(number: period, label: "week \(period)"),
      endingAt: end, slot: AccountsModel.slots[1], order: BoardOrder(),
      eligibility: Eligibility(enabledOnly: false))
    guard case .complete(let snapshot) = try await settling.take(plan) else {
      throw Surprise(what: "no close")
    }
    return snapshot
  }

  fileprivate func planByItself() async throws -> AutomaticPayouts.Outcome {
    try await AutomaticPayouts(pool: ledger.pool, planning: ledger.pool, postingIDs: Self.posting).runOnce()
  }
}

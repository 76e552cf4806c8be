// Terms of rewards, and from whom a board has what it has none of its own of.
import Ledger
import LedgerStore
import PostgresClient
import Rewards
import TestSupport
import Testing

@Suite struct RewardTermsStoreTests {
  @Test func `where nothing is said the best counts, without budgets or approval`() async throws {
    try await withRewards { rewards in
      let rule = try await rewards.create(.ranks(1...1))
      let set = try #require(try await rewards.set())
      #expect(set.terms == RewardTerms() && !set.needsApproval)
      #expect(set.rules == [rule.rule])
      #expect(try await rewards.reader.terms().held.isEmpty)
    }
  }

  @Test func `a board has its own rules and terms, or those of its type`() async throws {
    try await withRewards { rewards in
      let common = try await rewards.create(.ranks(1...1), 1)
      let split = RewardTermsTraits(
        RewardTerms(ties: .split, budgets: [rewards.gems: 5, rewards.points: 7]), needsApproval: true)
      _ = try await rewards.terms.set(split, in: rewards.common)
      var set = try #require(try await rewards.set())
      #expect(set.scope == rewards.common.scope && set.terms == split.terms && set.needsApproval)

      let own = try await rewards.create(.ranks(1...1), 2, in: rewards.earned)
      set = try #require(try await rewards.set())
      // Terms that a type has for all its boards are not lost by a board's own rules.
      #expect(set.scope == rewards.earned.scope && set.rules == [own.rule] && set.needsApproval)
      #expect(try await rewards.set("balance")?.rules == [common.rule])

      let automatic = RewardTermsTraits(RewardTerms(ties: .earliest), isAutomatic: true)
      _ = try await rewards.terms.set(automatic, in: rewards.earned)
      try await rewards.update(own.id) { $0.isActive = false }
      set = try #require(try await rewards.set())
      #expect(set.scope == rewards.common.scope && set.rules == [common.rule])
      #expect(set.terms == automatic.terms && !set.needsApproval)
      #expect(try await rewards.set("balance")?.terms == split.terms)
    }
  }

  @Test func `terms are set anew, removed, and stay to be read`() async throws {
    try await withRewards { rewards in
      try await rewards.create(.ranks(1...1))
      let first = RewardTermsTraits(RewardTerms(budgets: [rewards.points: 100]))
      let outcome = try await rewards.terms.set(first, in: rewards.earned)
      guard case .saved(let saved) = outcome else { throw Surprise(what: "\(outcome)") }
      #expect(saved.revision == 1 && saved.traits == first && saved.place == rewards.earned)
      #expect(try await rewards.terms.set(first, in: rewards.earned) == outcome)
      let before = try #require(try await rewards.set())
      guard
        case .saved(let second) = try await rewards.terms.set(RewardTermsTraits(), in: rewards.earned)
      else { throw Surprise(what: "not saved") }
      #expect(second.revision == 2)
      #expect(try await rewards.set()?.terms == RewardTerms())
      #expect(try await rewards.terms.remove(rewards.earned.scope))
      #expect(try await rewards.terms.remove(rewards.earned.scope) == false)
      #expect(try await rewards.reader.terms().held.isEmpty)
      guard case .saved(let third) = try await rewards.terms.set(first, in: rewards.earned) else {
        throw Surprise(what: "not saved")
      }
      #expect(third.revision == 3)
      #expect(try await rewards.set(at: before.at) == before)
      let notes = try await AuditReader(pool: rewards.ledger.pool).page(
        of: "\(rewards.points)/earned", limit: 10)
      #expect(
        notes.map(\.action)
          == ["reward_terms_set", "reward_terms_removed", "reward_terms_set", "reward_terms_set"])
    }
  }

  @Test func `no point type is paid unasked for all its boards`() async throws {
    try await withRewards { rewards in
      let automatic = RewardTermsTraits(isAutomatic: true)
      #expect(!automatic.isPossible(in: rewards.common.scope))
      #expect(automatic.isPossible(in: rewards.earned.scope))
      let refused = try? await rewards.terms.set(automatic, in: rewards.common)
      #expect(refused == nil)
      let unknown = RewardTermsTraits(RewardTerms(budgets: [PointTypeID(UUIDBits(high: 1, low: 1)): 5]))
      let outcome = try await rewards.terms.set(unknown, in: rewards.common)
      #expect(outcome == .typeGone)
    }
  }
}

// Rules of rewards: what they say, what is refused, and what held when.
import Ledger
import PostgresClient
import Rewards
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct RewardRuleStoreTests {
  @Test func `a rule is what was said, with all it gives`() async throws {
    try await withRewards { rewards in
      var traits = try rewards.traits(.ranks(2...5), 7)
      traits.name = "Runners-up"
      traits.rewards.append(try #require(Reward(Reward.amountMax, of: rewards.gems)))
      let outcome = try await rewards.rules.create(traits, in: rewards.earned)
      guard case .saved(let rule, let gaps) = outcome else { throw Surprise(what: "\(outcome)") }
      #expect(gaps.map(\.missing) == [1...1])
      #expect(rule.revision == 1 && rule.validity.decidedBy == "office" && rule.validity.until == nil)
      let stored = try #require(try await rewards.reader.rule(rule.id))
      #expect(stored == rule)
      #expect(stored.place.boardName == "earned")
      #expect(stored.traits.isSame(as: traits))
      #expect(try await rewards.reader.rules(of: rewards.points).held == [rule])
      #expect(try await rewards.reader.rules(of: rewards.gems).held.isEmpty)
    }
  }

  @Test func `a rule that reaches what another does is refused, and told with which`() async throws {
    try await withRewards { rewards in
      let first = try await rewards.create(.ranks(1...3))
      try await rewards.create(.share(above: 0, upTo: 1_000))
      let outcome = try await rewards.rules.create(
        try rewards.traits(.ranks(3...9)), in: rewards.common)
      let overlap = RewardOverlap(other: first, common: 3...3, isOfShares: false)
      #expect(outcome == .overlaps([overlap]))
      let shares = try await rewards.rules.create(
        try rewards.traits(.share(above: 999, upTo: 2_000)), in: rewards.common)
      guard case .overlaps(let found) = shares else { throw Surprise(what: "\(shares)") }
      #expect(found.map(\.common) == [1_000...1_000] && found.allSatisfy(\.isOfShares))
      // Of another scope, or where they meet without touching, it is nothing.
      try await rewards.create(.ranks(3...9), in: rewards.earned)
      try await rewards.create(.ranks(4...9))
      try await rewards.create(.share(above: 1_000, upTo: 2_000))
      #expect(try await rewards.reader.rules().held.count == 5)
    }
  }

  @Test func `one that is not active overlaps nothing until it is made so`() async throws {
    try await withRewards { rewards in
      try await rewards.create(.ranks(1...3))
      let spare = try await rewards.create(.ranks(1...3), 99, isActive: false)
      guard case .overlaps = try await rewards.rules.update(spare.id, { $0.isActive = true }) else {
        throw Surprise(what: "no overlap")
      }
      #expect(try await rewards.set()?.rules.map(\.rewards.first?.amount) == [10])
      try await rewards.update(spare.id) {
        $0.isActive = true
        $0.reach = .ranks(4...4)
      }
      #expect(try await rewards.set()?.rules.count == 2)
      #expect(try await rewards.reader.rules(active: false).held.isEmpty)
    }
  }

  @Test func `an update says something new, and what was said stays to be read`() async throws {
    try await withRewards { rewards in
      let first = try await rewards.create(.ranks(1...1))
      let second = try await rewards.update(first.id) { $0.reach = .ranks(1...2) }
      #expect(second.revision == 2)
      #expect(try await rewards.update(first.id) { $0.reach = .ranks(1...2) } == second)
      let versions = try await rewards.reader.versions(of: first.id)
      #expect(versions.map(\.revision) == [2, 1])
      #expect(versions[1].validity.until == second.validity.from && versions[1].validity.endedBy == "office")
      #expect(versions[1].traits == first.traits)
      #expect(try await rewards.reader.versions(of: first.id, before: 2).map(\.revision) == [1])
      let unknown = RewardRuleID(UUIDBits(high: 1, low: 1))
      #expect(try await rewards.rules.update(unknown, { _ in }) == .notFound)
      #expect(try await rewards.reader.versions(of: unknown).isEmpty)
    }
  }

  @Test func `what is removed holds no more, and held before`() async throws {
    try await withRewards { rewards in
      let rule = try await rewards.create(.ranks(1...3))
      let before = try #require(try await rewards.set())
      #expect(try await rewards.rules.remove(rule.id))
      #expect(try await rewards.rules.remove(rule.id) == false)
      #expect(try await rewards.rules.update(rule.id, { $0.isActive = false }) == .notFound)
      #expect(try await rewards.reader.rule(rule.id) == nil)
      #expect(try await rewards.set() == nil)
      #expect(try await rewards.set(at: before.at) == before)
      #expect(try await rewards.reader.rule(rule.id, at: before.at)?.traits == rule.traits)
      let ended = try #require(try await rewards.reader.versions(of: rule.id).first)
      // From the instant of its end on it is gone, and a microsecond before it was there.
      let end = try #require(ended.validity.until)
      #expect(try await rewards.set(at: end) == nil)
      #expect(try await rewards.set(at: Instant(microseconds: end.microseconds - 1))?.rules == before.rules)
      #expect(try await rewards.set(at: Instant(microseconds: rule.validity.from.microseconds - 1)) == nil)
      #expect(try await rewards.set(at: rule.validity.from)?.rules == before.rules)
      try await rewards.create(.ranks(1...3))
    }
  }

  @Test func `no more rules are made than there may be of a scope`() async throws {
    try await withRewards { rewards in
      try await rewards.database.run(
        "many",
        """
        INSERT INTO reward_rules
          (rule_id, revision, point_type_id, min_rank, max_rank, active, valid_from, decided_by)
        SELECT gen_random_uuid(), 1, '\(rewards.points)', n, n, false, reward_clock(), 'test'
        FROM generate_series(1, \(RewardRuleStore.mostOfScope)) AS n
        """)
      let traits = try rewards.traits(.ranks(1...1))
      #expect(
        try await rewards.rules.create(traits, in: rewards.common)
          == .tooMany(most: RewardRuleStore.mostOfScope, ofScope: true))
      try await rewards.create(.ranks(1...1), in: rewards.earned)
    }
  }

  @Test func `a type that is rewarded, or rewarded with, is not deleted`() async throws {
    try await withRewards { rewards in
      var traits = try rewards.traits(.ranks(1...1))
      traits.rewards = [try #require(Reward(1, of: rewards.gems))]
      let outcome = try await rewards.rules.create(traits, in: rewards.common)
      guard case .saved(let rule, _) = outcome else { throw Surprise(what: "\(outcome)") }
      #expect(try await rewards.ledger.types.delete(rewards.gems) == .rewarded)
      #expect(try await rewards.ledger.types.delete(rewards.points) == .rewarded)
      // It was rewarded with once.
      #expect(try await rewards.rules.remove(rule.id))
      #expect(try await rewards.ledger.types.delete(rewards.gems) == .rewarded)
      traits.rewards = [try #require(Reward(1, of: PointTypeID(UUIDBits(high: 1, low: 1))))]
      #expect(try await rewards.rules.create(traits, in: rewards.common) == .typeGone)
    }
  }

  @Test func `who changed what is noted with the change`() async throws {
    try await withRewards { rewards in
      let rule = try await rewards.create(.ranks(1...1))
      try await rewards.update(rule.id) { $0.isActive = false }
      _ = try await rewards.rules.create(try rewards.traits(.ranks(1...1)), in: rewards.common)
      _ = try await rewards.rules.create(try rewards.traits(.ranks(1...9)), in: rewards.common)
      #expect(try await rewards.rules.remove(rule.id))
      let notes = try await AuditReader(pool: rewards.ledger.pool).page(
        of: rule.id.description, limit: 10)
      #expect(notes.map(\.action) == ["reward_rule_removed", "reward_rule_changed", "reward_rule_created"])
      #expect(notes.allSatisfy { $0.actor == "office" && $0.subjectName == "ranks 1 to 1" })
      #expect(notes[1].changes == [AuditNote.Change("active", from: "true", to: "false")])
      let all = try await AuditReader(pool: rewards.ledger.pool).page(of: nil, limit: 10)
      #expect(all.count { $0.action == "reward_rule_created" } == 2, "what was refused is not noted")
    }
  }
}

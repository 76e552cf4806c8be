// Random edits: what held at an instant that is past is what a plain list of all edits says, and does not
// change whatever comes after it.
import Ledger
import LedgerStore
import PostgresClient
import Rewards
import TestSupport
import Testing

@Suite struct RewardPropertyTests {
  /// What somebody read, which has to stay so.
  private struct Seen {
    let board: String
    let at: Instant
    let set: RewardSet?
  }

  @Test(arguments: TestRounds.generators(3))
  func `the set at a past instant never changes`(generator: SeededGenerator) async throws {
    try await withRewards { rewards in
      var random = generator
      var seen: [Seen] = []
      var written: [Instant] = []
      for _ in 0..<60 {
        if let instant = try await Self.edit(rewards, &random) { written.append(instant) }
        for board in ["earned", "balance"] {
          let now = try await rewards.reader.rules().instant
          seen.append(Seen(board: board, at: now, set: try await rewards.set(board, at: now)))
        }
        let old = try #require(seen.randomElement(using: &random))
        #expect(try await rewards.set(old.board, at: old.at) == old.set)
      }
      for one in seen { #expect(try await rewards.set(one.board, at: one.at) == one.set) }
      // Each at an instant of its own, and later than those before.
      #expect(zip(written, written.dropFirst()).allSatisfy { $0 < $1 })
      #expect(written.count > 5)
      try await Self.compare(rewards, at: seen.map(\.at) + written)
    }
  }

  /// When something was changed; nil if it was not.
  private static func edit(
    _ rewards: RewardsUnderTest, _ random: inout SeededGenerator
  ) async throws -> Instant? {
    let place = Bool.random(using: &random) ? rewards.common : rewards.earned
    let known = try await rewards.reader.rules().held
    let start = Int64.random(in: 1...40, using: &random)
    let reach: RewardReach =
      Bool.random(using: &random)
      ? .ranks(start...start + .random(in: 0...3, using: &random))
      : .share(above: start * 100, upTo: start * 100 + 250)
    let isActive = Int.random(in: 0..<4, using: &random) > 0
    switch Int.random(in: 0..<8, using: &random) {
    case 0..<3:
      let amount = Int64.random(in: 1...9, using: &random)
      let traits = try rewards.traits(reach, amount, isActive: isActive)
      return instant(of: try await rewards.rules.create(traits, in: place), unless: known)
    case 3, 4:
      guard let rule = known.randomElement(using: &random) else { return nil }
      let outcome = try await rewards.rules.update(rule.id) {
        $0.reach = reach
        $0.isActive = isActive
      }
      return instant(of: outcome, unless: known)
    case 5:
      guard let rule = known.randomElement(using: &random), try await rewards.rules.remove(rule.id) else {
        return nil
      }
      return try await rewards.reader.versions(of: rule.id).first?.validity.until
    case _:
      let ties = TiePolicy.allCases.randomElement(using: &random) ?? .best
      let budget = Int64.random(in: 1...3, using: &random)
      let traits = RewardTermsTraits(RewardTerms(ties: ties, budgets: [rewards.points: budget]))
      let before = try await rewards.reader.terms().instant
      guard case .saved(let saved) = try await rewards.terms.set(traits, in: place) else { return nil }
      return saved.validity.from > before ? saved.validity.from : nil
    }
  }

  private static func instant(of outcome: RewardRuleSaving, unless known: [RewardRuleVersion]) -> Instant? {
    guard case .saved(let rule, _) = outcome, !known.contains(rule) else { return nil }
    return rule.validity.from
  }

  /// What is read at the instants, against all that was ever said of each rule.
  private static func compare(_ rewards: RewardsUnderTest, at instants: [Instant]) async throws {
    var ids: Set<RewardRuleID> = []
    for instant in instants { ids.formUnion(try await rewards.reader.rules(at: instant).held.map(\.id)) }
    var all: [RewardRuleVersion] = []
    for id in ids { all += try await rewards.reader.versions(of: id) }
    for instant in instants {
      let held = all.filter { version in
        version.validity.from <= instant && (version.validity.until.map { $0 > instant } ?? true)
      }
      let read = try await rewards.reader.rules(at: instant).held
      #expect(Set(read.map(\.id)) == Set(held.map(\.id)) && read.count == held.count)
      #expect(read.allSatisfy { one in held.contains { $0.id == one.id && $0.revision == one.revision } })
      for scope in [rewards.common.scope, rewards.earned.scope] {
        let active = read.filter { $0.scope == scope && $0.traits.isActive }
        #expect(RewardCoverage(of: active.map(\.rule)).overlaps.isEmpty)
      }
    }
  }
}

// Rewards of a database of a test's own, and short words for what tests do to them.
import Ledger
import LedgerStore
import PostgresClient
import Rewards
import TestSupport

/// Used on its loop only, like what it holds.
final class RewardsUnderTest: @unchecked Sendable {
  let database: LedgerDatabase
  let ledger: LedgerUnderTest
  let rules: RewardRuleStore
  let terms: RewardTermsStore
  let reader: RewardReader
  let points: PointTypeID
  let gems: PointTypeID

  init(_ database: LedgerDatabase, _ ledger: LedgerUnderTest, points: PointTypeID, gems: PointTypeID) {
    self.database = database
    self.ledger = ledger
    self.points = points
    self.gems = gems
    rules = RewardRuleStore(pool: ledger.pool, actor: Actor(service: "office"))
    terms = RewardTermsStore(pool: ledger.pool, actor: Actor(service: "office"))
    reader = RewardReader(pool: ledger.pool)
  }

  var common: NamedRewardScope { NamedRewardScope(RewardScope(pointType: points)) }
  var earned: NamedRewardScope { NamedRewardScope(SnapshotBoard.earned(of: points)) }

  func traits(
    _ reach: RewardReach, _ amount: Int64 = 10, isActive: Bool = true
  ) throws -> RewardRuleTraits {
    let reward = try Reward(amount, of: points) ?? { throw Surprise(what: "no reward") }()
    return RewardRuleTraits(reach: reach, rewards: [reward], isActive: isActive)
  }

  /// A rule that nothing is in the way of.
  @discardableResult
  func create(
    _ reach: RewardReach, _ amount: Int64 = 10, in place: NamedRewardScope? = nil, isActive: Bool = true
  ) async throws -> RewardRuleVersion {
    let outcome = try await rules.create(try traits(reach, amount, isActive: isActive), in: place ?? common)
    guard case .saved(let rule, _) = outcome else { throw Surprise(what: "\(outcome)") }
    return rule
  }

  @discardableResult
  func update(
    _ id: RewardRuleID, _ edit: @Sendable (inout RewardRuleTraits) -> Void
  ) async throws -> RewardRuleVersion {
    let outcome = try await rules.update(id, edit)
    guard case .saved(let rule, _) = outcome else { throw Surprise(what: "\(outcome)") }
    return rule
  }

  func set(_ board: String = "earned", at instant: Instant? = nil) async throws -> RewardSet? {
    try await reader.set(for: points, board: board, at: instant)
  }
}

/// Runs the body with rewards of two point types, on a loop of its own.
func withRewards(
  _ body: @escaping @Sendable (RewardsUnderTest) async throws -> Void
) async throws {
  let database = try await LedgerDatabase.make()
  try await withLedger(in: database) { ledger in
    guard case .created(let gems) = try await ledger.types.create("gems", .init(displayName: "Gems")) else {
      throw Surprise(what: "gems exist")
    }
    try await body(
      RewardsUnderTest(database, ledger, points: try await ledger.type(), gems: gems.id))
  }
}

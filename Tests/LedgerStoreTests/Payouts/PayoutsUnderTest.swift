// Payouts of a ledger of a test's own: ranks by balance, rules by hand, and whoever pays.
import Ledger
import PostgresClient
import Rewards
import Synchronization
import TestSupport

@testable import LedgerStore

/// Used on the loop of its ledger only.
struct PayoutsUnderTest {
  let ledger: LedgerUnderTest
  let type: PointTypeID
  let store: DistributionStore
  let settling: SnapshotSettling
  let runner: PayoutRunner

  private static let numbers = Atomic<UInt64>(1)

  init(_ ledger: LedgerUnderTest, type: PointTypeID) {
    self.ledger = ledger
    self.type = type
    store = DistributionStore(pool: ledger.pool)
    settling = SnapshotSettling(pool: ledger.pool)
    runner = PayoutRunner(pool: ledger.pool, lanes: ledger.lanes)
  }

  static func number() -> UInt64 { numbers.add(1, ordering: .relaxed).oldValue }

  static func posting() -> PostingID {
    PostingID(UUIDBits(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0000 | number() << 16))
  }

  func key(_ user: String) -> AccountKey { AccountKey(user: UserID(stored: user), pointType: type) }

  func balance(_ user: String) async throws -> Int64 {
    try await ledger.reader.account(key(user))?.account.balance ?? 0
  }

  /// The ranks by balance, as they are now.
  func ranks() async throws -> Snapshot {
    let plan = SnapshotPlan.demand(Self.number(), of: type)
    guard case .complete(let snapshot) = try await settling.take(plan) else {
      throw Surprise(what: "no ranks")
    }
    return snapshot
  }

  func rules(_ prizes: [(ClosedRange<Int64>, Int64)], of other: PointTypeID? = nil) -> [RewardRule] {
    prizes.enumerated().compactMap { index, prize in
      Reward(prize.1, of: other ?? type).map {
        RewardRule(RewardRuleID(UUIDBits(high: 3, low: UInt64(index))), .ranks(prize.0), [$0])
      }
    }
  }

  func terms(
    _ rules: [RewardRule], _ terms: RewardTerms = RewardTerms(), needsApproval: Bool = false
  ) -> DistributionStore.Terms {
    DistributionStore.Terms(
      rules: rules, terms: terms, needsApproval: needsApproval,
      at: Instant(microseconds: 1_700_000_000_000_000))
  }

  let asker = (service: ServiceID(UUIDBits(high: 1, low: 1)), name: "asker")
  let other = (service: ServiceID(UUIDBits(high: 1, low: 2)), name: "other")

  /// From now on the ranks of the type are paid by these, and by no others.
  func use(_ terms: DistributionStore.Terms) async throws {
    let place = NamedRewardScope(RewardScope(pointType: type))
    let store = RewardRuleStore(pool: ledger.pool)
    let held = try await RewardReader(pool: ledger.pool).rules(of: type, active: true).held
    let isSame = { (version: RewardRuleVersion, rule: RewardRule) in
      version.traits.reach == rule.reach && version.traits.rewards == rule.rewards
    }
    for old in held where !terms.rules.contains(where: { isSame(old, $0) }) {
      _ = try await store.remove(old.id)
    }
    for rule in terms.rules where !held.contains(where: { isSame($0, rule) }) {
      let traits = RewardRuleTraits(reach: rule.reach, rewards: rule.rewards)
      guard case .saved = try await store.create(traits, in: place) else { throw Surprise(what: "no rule") }
    }
    _ = try await RewardTermsStore(pool: ledger.pool).set(
      RewardTermsTraits(terms.terms, needsApproval: terms.needsApproval), in: place)
  }

  /// What would be paid by these terms for ranks that nobody has paid for.
  func preview(
    _ snapshot: Snapshot, _ terms: DistributionStore.Terms, page: Int = 5_000
  ) async throws -> (plan: PayoutPlan, refusable: [UserID]) {
    try await use(terms)
    let outcome = try await DistributionStore(pool: ledger.pool, page: page).preview(snapshot)
    guard case .planned(let plan, _, let refusable) = outcome else { throw Surprise(what: "\(outcome)") }
    return (plan, refusable)
  }

  /// A correction goes by what held for the payout that it corrects, whatever is used now.
  func create(
    _ snapshot: Snapshot, _ terms: DistributionStore.Terms? = nil
  ) async throws -> DistributionStore.Creation {
    if let terms { try await use(terms) }
    return try await store.create(
      DistributionID(UUIDBits(high: 4, low: Self.number())), for: snapshot, asked: asker,
      postingIDs: Self.posting)
  }

  /// Plans what nothing is in the way of.
  func planned(
    _ snapshot: Snapshot, _ terms: DistributionStore.Terms? = nil
  ) async throws -> Distribution {
    let creation = try await create(snapshot, terms)
    guard case .created(let made) = creation else { throw Surprise(what: "\(creation)") }
    return made
  }

  /// The next revision: with these scores, and without those who are named without one.
  func revised(_ snapshot: Snapshot, _ scores: [String: Int64?]) async throws -> Snapshot {
    let corrections = scores.map { user, score in
      let kind = score.map { SnapshotCorrection.Kind.score($0) } ?? .disqualified
      return SnapshotCorrection(UserID(stored: user), kind)
    }
    let outcome = try await SnapshotRevising(pool: ledger.pool).revise(
      snapshot.id, with: corrections, because: "a test", by: .configuration)
    guard case .revised(let revision) = outcome else { throw Surprise(what: "\(outcome)") }
    return revision
  }

  func now(_ distribution: Distribution) async throws -> Distribution {
    guard let found = try await store.distribution(distribution.id) else {
      throw Surprise(what: "it is gone")
    }
    return found
  }

  func retry(_ distribution: Distribution) async throws -> DistributionStore.Decided {
    try await store.retry(distribution.id, by: other, postingIDs: Self.posting)
  }
}

/// Runs the body with payouts of the default type.
func withPayouts(
  in database: LedgerDatabase? = nil, _ body: @escaping @Sendable (PayoutsUnderTest) async throws -> Void
) async throws {
  try await withLedger(in: database) { ledger in
    try await body(PayoutsUnderTest(ledger, type: try await ledger.type()))
  }
}

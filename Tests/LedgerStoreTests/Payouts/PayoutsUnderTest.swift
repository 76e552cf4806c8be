// Payouts of a ledger of a test's own: ranks by balance, rules by hand, and whoever pays.
import Ledger
import PostgresClient
import Rewards
import Synchronization

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

  func create(
    _ snapshot: Snapshot, revising earlier: [Snapshot] = [], _ terms: DistributionStore.Terms
  ) async throws -> DistributionStore.Creation {
    try await store.create(
      DistributionID(UUIDBits(high: 4, low: Self.number())), for: snapshot, revising: earlier.map(\.id),
      by: terms, expecting: nil, asked: asker, postingIDs: Self.posting)
  }

  /// Plans what nothing is in the way of.
  func planned(
    _ snapshot: Snapshot, revising earlier: [Snapshot] = [], _ terms: DistributionStore.Terms
  ) async throws -> Distribution {
    let creation = try await create(snapshot, revising: earlier, terms)
    guard case .created(let made) = creation else { throw Surprise(what: "\(creation)") }
    return made
  }

  func now(_ distribution: Distribution) async throws -> Distribution {
    guard let found = try await store.distribution(distribution.id) else {
      throw Surprise(what: "it is gone")
    }
    return found
  }

  func retry(_ distribution: Distribution) async throws -> DistributionStore.Decided {
    try await store.retry(
      distribution.id, first: distribution.snapshot, later: [], limit: 100, by: other,
      postingIDs: Self.posting)
  }
}

/// Runs the body with payouts of the default type.
func withPayouts(_ body: @escaping @Sendable (PayoutsUnderTest) async throws -> Void) async throws {
  try await withLedger { ledger in
    try await body(PayoutsUnderTest(ledger, type: try await ledger.type()))
  }
}

// Ranks that were read of a mirror, held against the ledger before anybody is paid for them.
import Ledger
import Testing

@testable import LedgerStore

@Suite struct LiveDriftTests {
  @Test func `what the ledger says, too, has not drifted, though users go on`() async throws {
    try await withPayouts { payouts in
      let (ada, bob) = (try await payouts.arrival("ada", 30), try await payouts.arrival("bob", 20))
      let live = try await payouts.live([ada, bob])
      #expect(try await payouts.drift(of: live) == 0)
      try await payouts.ledger.award(5, to: payouts.key("bob"))
      #expect(try await payouts.drift(of: live) == 0)
    }
  }

  @Test func `another score, a member too many and one too few are told`() async throws {
    try await withPayouts { payouts in
      let (ada, bob) = (try await payouts.arrival("ada", 30), try await payouts.arrival("bob", 20))
      let wrong = SnapshotArrival(user: bob.user, score: 21, reachedAt: bob.reachedAt, version: bob.version)
      #expect(try await payouts.drift(of: try await payouts.live([ada, wrong])) == 1)
      let ghost = SnapshotArrival(
        user: UserID(stored: "ghost"), score: 1, reachedAt: ada.reachedAt, version: 1)
      #expect(try await payouts.drift(of: try await payouts.live([ada, bob, ghost])) == 1)
      #expect(try await payouts.drift(of: try await payouts.live([ada])) == 1)
    }
  }
}

extension PayoutsUnderTest {
  /// Gives a user so much, and tells of it as a mirror would.
  fileprivate func arrival(_ user: String, _ amount: Int64) async throws -> SnapshotArrival {
    let made = try await ledger.award(amount, to: key(user))
    return SnapshotArrival(
      user: made.account.user, score: made.after, reachedAt: made.createdAt, version: made.version)
  }

  fileprivate func live(_ arrivals: [SnapshotArrival]) async throws -> Snapshot {
    let begun = try await settling.begin(.demand(Self.number(), of: type, source: .live))
    try await settling.add(arrivals, to: begun)
    guard case .complete(let snapshot) = try await settling.settle(begun, position: 1) else {
      throw Surprise(what: "no ranks")
    }
    return snapshot
  }

  fileprivate func drift(of snapshot: Snapshot) async throws -> Int64 {
    try await SnapshotReader(pool: ledger.pool).drift(of: snapshot)
  }
}

// Snapshots of a mirror as it was read: pages that come while it moves.
import Cryptography
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite struct LiveSnapshotTests {
  @Test func `what was read twice counts as it was last, and ranks agree with scores`() async throws {
    try await withSnapshots { snapshots in
      let plan = SnapshotPlan.demand(1, of: snapshots.type, source: .live)
      let begun = try await snapshots.settling.begin(plan)
      try await snapshots.settling.add([Self.arrival("ada", 5, 1), Self.arrival("bob", 4, 1)], to: begun)
      // She moved down while it was read, and came again.
      try await snapshots.settling.add(
        [Self.arrival("ada", 3, 2), Self.arrival("ada", 9, 1), Self.arrival("cleo", 3, 1)], to: begun)
      try await snapshots.settling.add([Self.arrival("bob", 7, 0)], to: begun)
      try await snapshots.settling.add([], to: begun)
      let outcome = try await snapshots.settling.settle(begun, position: 17)
      guard case .complete(let snapshot) = outcome else { throw Surprise(what: "\(outcome)") }
      let entries = try await snapshots.entries(of: snapshot)
      #expect(entries.map(\.user.text) == ["bob", "cleo", "ada"])
      #expect(entries.map(\.rank) == [1, 2, 2] && entries.map(\.score) == [4, 3, 3])
      #expect(snapshot.position == 17 && snapshot.contents?.digest.bytes == entries.snapshotDigest)
      #expect(try await snapshots.count("SELECT count(*) FROM snapshot_arrivals") == 0)
    }
  }

  @Test func `whoever begins again forgets what was read before`() async throws {
    try await withSnapshots { snapshots in
      let plan = SnapshotPlan.demand(1, of: snapshots.type, source: .live)
      let first = try await snapshots.settling.begin(plan)
      try await snapshots.settling.add([Self.arrival("gone", 5, 1)], to: first)
      let second = try await snapshots.settling.begin(plan)
      #expect(second.number == first.number)
      // Who still reads adds nothing, and cannot seal what another reads.
      try await snapshots.settling.add([Self.arrival("late", 7, 1)], to: first)
      #expect(try await snapshots.settling.settle(first) == .busy)
      try await snapshots.settling.add([Self.arrival("ada", 1, 1)], to: second)
      guard case .complete(let snapshot) = try await snapshots.settling.settle(second) else {
        throw Surprise(what: "not taken")
      }
      #expect(try await snapshots.entries(of: snapshot).map(\.user.text) == ["ada"])
    }
  }

  private static func arrival(_ user: String, _ score: Int64, _ version: Int64) -> SnapshotArrival {
    SnapshotArrival(
      user: UserID(stored: user), score: score,
      reachedAt: Instant(microseconds: 1_700_000_000_000_000 + version), version: version)
  }
}

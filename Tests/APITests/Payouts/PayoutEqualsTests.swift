// Equals are looked at together, however many they are, and whatever place the last prize is for.
import Ledger
import Testing

@testable import API

@Suite(.serialized) struct PayoutEqualsTests {
  /// More equals than are read at once.
  @Test(arguments: ["best", "split", "earliest"])
  func `equals are looked at together, however many they are`(ties: String) async throws {
    try await ReadRoutesUnderTest.running { worker in
      let type = try await worker.type()
      let users = (0..<5_003).map { "user-\($0)" }
      for first in stride(from: 0, to: users.count, by: 1_000) {
        _ = try await worker.post(
          users[first..<min(first + 1_000, users.count)].map { user in
            let key = AccountKey(user: UserID(stored: user), pointType: type)
            return Leg(account: key, change: .credit(1), kind: .award, details: .init())
          })
      }
      try await worker.reward(1...2, 5_010)
      _ = try await worker.send("PUT", "/points/reward-terms", #"{"ties":"\#(ties)"}"#)
      let snapshot = try await SnapshotRoutesTests.take(worker)
      let seen = try await worker.plan(snapshot, #","preview":true"#)
      let sum = ["best": 5_010 * 5_003, "split": 10_020, "earliest": 10_020][ties]
      #expect(seen["sums.0.given"] == sum.map { "\($0)" }, "\(seen.text)")
      #expect(seen["winners"] == (ties == "earliest" ? "2" : "5003") && seen["tiedUsers"] == "5003")
      #expect(seen["lines.0.amount"] == (ties == "split" ? "\(2 + 14)" : "5010"))
      #expect(seen["lines.1.amount"] == (ties == "split" ? "2" : "5010"))
    }
  }
}

// What lanes rely on does not depend on what a database has for its default.
import Ledger
import LedgerStore
import TestSupport
import Testing

@Suite struct IsolationTests {
  @Test(arguments: ["repeatable read", "serializable"])
  func `lanes that meet at an account get on, whatever isolation is the default`(level: String) async throws {
    let ledger = try await TestLedger.make()
    try await ledger.run(
      "set_default_isolation",
      "ALTER DATABASE \(ledger.database.name) SET default_transaction_isolation TO '\(level)'")
    let points = try ledger.points
    try await ledger.withLanes(2) { lanes in
      await #expect(lanes[0].post(.of(.credit(1, to: "shared", in: points))).receipt != nil)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for caller in 0..<16 {
          group.addTask {
            for _ in 0..<40 {
              let result = await lanes[caller % 2].post(.of(.credit(1, to: "shared", in: points)))
              #expect(result.receipt != nil, "\(result)")
            }
          }
        }
        try await group.waitForAll()
      }
      for lane in lanes { await #expect(lane.counters.failedBatches == 0) }
    }
    let contents = try await ledger.contents()
    contents.check()
  }
}

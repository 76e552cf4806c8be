// How callers who ask again and again come to share transactions, and that nobody is left waiting by that.
import Ledger
import LedgerStore
import TestSupport
import Testing

@Suite struct LaneRegroupingTests {
  @Test func `callers who come back share one transaction, and not two by turns`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    let batches = try await ledger.withLanes(
      1,
      {
        $0.lanes = 1
        $0.regrouping = .seconds(5) ... .seconds(5)
      }
    ) { lanes in
      let lane = lanes[0]
      let before = await lane.counters.batches
      await withTaskGroup(of: Void.self) { group in
        for caller in 0..<16 {
          group.addTask {
            for _ in 0..<20 {
              let result = await lane.post(.of(.credit(1, to: "user\(caller)", in: points)))
              #expect(result.receipt != nil)
            }
          }
        }
      }
      return await lane.counters.batches - before
    }
    // 20 if all went together always; the beginning and the end are not as full.
    #expect((20...26).contains(batches), "\(batches) batches")
  }

  @Test func `who comes alone after many is answered when the moment is over`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes(1, { $0.regrouping = .milliseconds(50) ... .milliseconds(50) }) { lanes in
      let lane = lanes[0]
      let many = await lane.post(all: (0..<40).map { .of(.credit(1, to: "user\($0)", in: points)) })
      #expect(many.allSatisfy { $0.receipt != nil })
      let start = ContinuousClock.now
      await #expect(lane.post(.of(.credit(1, to: "alone", in: points))).receipt != nil)
      #expect(ContinuousClock.now - start < .seconds(20))
    }
  }
}

// How fast a payout goes on, by what the ledger tells of others.
import Testing

@testable import LedgerStore

@Suite struct PayoutPaceTests {
  private let took = Duration.milliseconds(30)

  @Test func `who is alone does not wait`() {
    var pace = PayoutPace()
    // Its own postings: one is settled while another is under way, and may be in the ledger already.
    for batches in [41, 43, 43, 45, 46] as [Int64] {
      #expect(pace.pause(after: took, batches: batches, ownUnderWay: 1) == .zero)
      #expect(!pace.isShared && pace.postingsAtOnce == 4)
    }
  }

  @Test func `others have the ledger as long as a posting took, and not longer than they are there`() {
    var pace = PayoutPace()
    #expect(pace.pause(after: took, batches: 7, ownUnderWay: 1) == .zero)
    #expect(pace.pause(after: took, batches: 10, ownUnderWay: 1) == took)
    #expect(pace.isShared && pace.postingsAtOnce == 1)
    #expect(pace.pause(after: .seconds(2), batches: 12, ownUnderWay: 0) == .milliseconds(100))
    #expect(pace.pause(after: took, batches: 13, ownUnderWay: 0) == .zero)
    #expect(pace.postingsAtOnce == 4)
  }

  @Test func `who posts for every third of its own is seen beside several of them`() {
    var pace = PayoutPace()
    var batch: Int64 = 100
    #expect(pace.pause(after: took, batches: batch, ownUnderWay: 3) == .zero)
    var settled = 0
    while !pace.isShared, settled < 16 {
      settled += 1
      // Its own, and each third time another's.
      batch += settled % 3 == 0 ? 2 : 1
      _ = pace.pause(after: took, batches: batch, ownUnderWay: 3)
    }
    #expect(pace.isShared && settled == 12)
    // Its own that were under way are settled meanwhile, and nobody posts any more.
    for underWay in [2, 1] {
      #expect(pace.pause(after: took, batches: batch, ownUnderWay: underWay) == took)
    }
    #expect(pace.pause(after: took, batches: batch, ownUnderWay: 0) == .zero)
    #expect(pace.postingsAtOnce == 4)
  }

  @Test func `what another has settled tells nothing`() {
    var pace = PayoutPace()
    #expect(pace.pause(after: took, batches: 7, ownUnderWay: 0) == .zero)
    #expect(pace.pause(after: took, batches: nil, ownUnderWay: 0) == .zero)
    #expect(pace.pause(after: took, batches: 8, ownUnderWay: 0) == .zero)
  }
}

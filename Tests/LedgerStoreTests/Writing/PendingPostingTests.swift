// What is told to those who waited, when nothing was decided.
import EventLoop
import Ledger
import PostgresClient
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct PendingPostingTests {
  @Test(arguments: [nil, PostgresError.connectionLost(reason: "gone")])
  func `a posting in doubt is told so, however its wait ends`(doubt: PostgresError?) async throws {
    let ways: [(way: @Sendable (PendingPosting) -> Void, told: Result<PostingOutcome, LedgerError>)] = [
      ({ $0.answerInFlight() }, .success(.inFlight)),
      ({ $0.fail(.overloaded) }, .failure(.overloaded)),
      ({ $0.expire(because: nil) }, .failure(.overloaded)),
    ]
    for (way, told) in ways {
      let result = try await onNewLoop { loop in
        let posting = Posting.of(.credit(1, to: "ada", in: PointTypeID(UUIDBits(high: 0, low: 1))), key: 1)
        let pending = PendingPosting(posting, arrival: loop.now, patience: .zero)
        pending.doubt = doubt
        way(pending)
        return await pending.outcome.value()
      }
      let expected = doubt.map {
        Result<PostingOutcome, LedgerError>.failure(.unavailable($0, mayHaveTakenEffect: true))
      }
      #expect(result == expected ?? told)
    }
  }
}

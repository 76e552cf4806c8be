// Two and three processes plan and pay the same payouts at once, some of which are killed in the middle: each
// line has one transaction, there is none besides, and the periods are paid.
import Testing

extension WholeService {
  @Suite struct PayoutCrowdTests {
    @Test func `however many pay at once, and whoever of them is killed, each line is posted once`()
      async throws
    {
      let installation = try await Installation.make()
      let rounds = [(2, 0), (3, 0), (3, 0), (2, 1), (3, 2)]
      let outcomes = try await PayoutCrowd.playing(rounds, on: installation)
      for (round, outcome) in zip(rounds, outcomes) {
        #expect(outcome.faults == [], "\(round.0) processes, of which \(round.1) were killed")
      }
      #expect(PayoutCrowd.lines >= 4_000)
      // A lease was taken away in time: several did post at once. On a quick machine one of them may be done
      // before another one begins, but not in all of the rounds in which nobody is killed.
      #expect(outcomes.prefix(3).contains { $0.posting > 1 }, "\(outcomes.map(\.posting))")
    }
  }
}

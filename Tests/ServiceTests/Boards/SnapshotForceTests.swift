// Something goes wrong at each single step of taking a snapshot that somebody asked for: asking again gives
// the one that nothing went wrong with.
import TestSupport
import Testing

extension WholeService {
  @Suite struct SnapshotForceTests {
    private static let lanes = 3

    @Test func `whatever becomes of a process, and at which step, who asks again has the one snapshot`()
      async throws
    {
      let steps = SharedSteps(among: Self.lanes)
      let faults = try await Lanes.run(Self.lanes) { lane, installation in
        let chain = try RunnerChain(installation, boards: 2)
        let board = try chain.league.next()
        let (digest, halts) = try chain.snapshotInPeace(of: board)
        var found = digest == (try chain.league.digestOfTransactions(on: board)) ? [] : ["another digest"]
        let shared = try steps.agree(halts, in: lane)
        for round in Strike.ofProcesses(at: shared).share(of: lane, among: Self.lanes) {
          found += try chain.snapshot(of: board, round.strike, at: round.halt, expecting: digest)
        }
        return found
      }
      #expect(faults.flatMap(\.self) == [])
      if !steps.leftOut.isEmpty { print("steps that only some lanes saw: \(steps.leftOut)") }
      let halts = steps.agreed
      let done = Set(halts.compactMap(\.step.trail.last))
      #expect(done.isSuperset(of: Self.known), "\(done)")
    }

    /// What is certainly done, so that the list of steps cannot become shorter unseen.
    private static let known: Set = [
      "begin_snapshot", "lock_snapshot", "settle_snapshot", "index_snapshot", "complete_snapshot", "commit",
      "note_comparison",
    ]
  }
}

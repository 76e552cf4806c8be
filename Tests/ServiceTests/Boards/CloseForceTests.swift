// Something goes wrong at each single step of closing a period, while others write: the runner is killed, or
// falls asleep and wakes up beside its successor. The steps are those that a close in peace was seen to take;
// none of them is looked for by name. Whatever happens, there is one snapshot in the end, always the same.
import TestSupport
import Testing

extension WholeService {
  @Suite struct CloseForceTests {
    private static let lanes = 4

    @Test func `whatever becomes of the runner, and at which step, the same snapshot is stored once`()
      async throws
    {
      let steps = SharedSteps(among: Self.lanes)
      let faults = try await Lanes.run(Self.lanes) { lane, installation in
        let chain = try RunnerChain(installation, boards: 24)
        let (digest, halts, peace) = try chain.closeInPeace()
        var found = peace
        let shared = try steps.agree(halts, in: lane)
        for round in Strike.ofProcesses(at: shared).share(of: lane, among: Self.lanes) {
          found += try chain.close(round.strike, at: round.halt, expecting: digest)
        }
        return found
      }
      #expect(faults.flatMap(\.self) == [])
      if !steps.leftOut.isEmpty { print("steps that only some lanes saw: \(steps.leftOut)") }
      let halts = steps.agreed
      #expect(halts.count >= 30, "\(halts)")
      let done = Set(halts.compactMap(\.step.trail.last))
      #expect(done.isSuperset(of: Self.known), "\(done)")
    }

    /// What is certainly done, so that the list of steps cannot become shorter unseen.
    private static let known: Set = [
      "begin_closing", "note_closed", "raise_generation", "begin_snapshot", "lock_snapshot",
      "settle_snapshot", "index_snapshot", "complete_snapshot", "freeze_periods", "commit",
    ]
  }
}

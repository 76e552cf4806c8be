// Something goes wrong at each single step of planning and paying a payout, while others write: the runner is
// killed, or falls asleep and wakes up beside its successor, or a store goes away. Whatever happens, each
// winner is credited once.
import TestSupport
import Testing

extension WholeService {
  @Suite struct PayoutForceTests {
    private static let lanes = 3

    @Test func `whatever becomes of whoever pays, and at which step, each winner is credited once`()
      async throws
    {
      let steps = SharedSteps(among: Self.lanes)
      let faults = try await Lanes.run(Self.lanes, onServersOfTheirOwn: true) { lane, installation in
        let chain = try RunnerChain(installation, boards: 1)
        try chain.promise()
        let (halts, peace) = try chain.payInPeace()
        var found = peace
        let shared = try steps.agree(halts, in: lane)
        for round in Strike.ofPayouts(at: shared).share(of: lane, among: Self.lanes) {
          found += try chain.pay(round.strike, at: round.halt)
        }
        return found
      }
      #expect(faults.flatMap(\.self) == [])
      if !steps.leftOut.isEmpty { print("steps that only some lanes saw: \(steps.leftOut)") }
      let halts = steps.agreed
      #expect(Strike.ofPayouts(at: halts).count >= 30, "\(halts)")
      let done = Set(halts.compactMap(\.step.trail.last))
      #expect(done.isSuperset(of: Self.known), "\(done)")
    }

    /// What is certainly done, so that the list of steps cannot become shorter unseen.
    private static let known: Set = [
      "hold_ranks", "insert_distribution", "insert_distribution_legs", "insert_distribution_chunks", "commit",
      "find_next_chunk", "insert_transactions", "settle_chunk", "finish_distribution",
    ]
  }
}

extension Strike {
  /// Processes are killed at every step that is known to be one of a payout, the first time that it is taken;
  /// they fall asleep, and stores go away, at those by which something becomes true.
  fileprivate static func ofPayouts(at halts: [Halt]) -> [(strike: Strike, halt: Halt)] {
    let first = halts.filter { $0.step.count == 0 && !isOfAnybody($0.step) }
    let deciding: Set = [
      "hold_ranks", "insert_distribution", "commit", "settle_chunk", "finish_distribution",
    ]
    let sleeps = first.filter { !$0.isDone && deciding.contains($0.step.trail.last ?? "") }
    let writing: Set = ["insert_distribution_legs", "insert_transactions", "settle_chunk"]
    let stores = first.filter { !$0.isDone && writing.contains($0.step.trail.last ?? "") }
    return first.map { (.kill, $0) } + sleeps.map { (.sleep, $0) }
      + stores.flatMap { [(.flushRedis, $0), (.killPostgres, $0)] }
  }

  /// Until a posting notes under which key it was made it could be one of those who post without keys. Up to
  /// there it only locks and reads.
  private static func isOfAnybody(_ step: Step) -> Bool {
    step.trail.first == "hold_definitions" && !step.trail.contains("insert_requests")
  }
}

// The whole ledger against a model of it: random postings, many at a time, through two processes of two
// workers each. There must be an order in which every answer is right, and in the end both processes must
// show what the model has.
import TestSupport
import Testing

extension WholeService {
  @Suite struct LedgerPropertyTests {
    private static let rounds = 40
    private static let callersEach = 8

    @Test func `whatever is asked at once is answered as if it had been asked in some order`() async throws {
      let random = SeededGenerator.forThisRun()
      let seed = random.seed
      let installation = try await Installation.make()
      let processes = [try ServiceProcess(on: installation), try ServiceProcess(on: installation)]
      try installation.waitUntilMirrored(processes.map(\.port))
      try makeBoundedType(on: processes[0], installation)
      let callers = try processes.flatMap { process in
        try (0..<Self.callersEach).map { _ in try Caller(port: process.port) }
      }
      var draw = PostingDraw(random)
      var judge = Judge()
      for number in 0..<Self.rounds where judge.findings.isEmpty {
        // The key is rotated half way; both keys are of one service.
        let key = number < Self.rounds / 2 ? installation.service : installation.rotated
        var round = ConcurrentRound(key: key, other: installation.other)
        try round.run(on: callers, draw: &draw, judge: &judge)
      }
      #expect(judge.findings == [], "seed \(seed)")
      for wanted in ["201", "replayed", "duplicate_transaction", "insufficient_balance", "limit_exceeded"] {
        #expect(judge.tally[wanted, default: 0] > 0, "\(wanted) never came of it, seed \(seed)")
      }
      for process in processes {
        let state = try FinalState(judge.model, installation.rotated, port: process.port)
        // Redis may be late, and then the ledger answers for it.
        var differences = ["nothing was asked"]
        _ = try Eventually.holds(within: .seconds(10)) {
          differences = try state.differences()
          return differences.isEmpty
        }
        #expect(differences == [], "seed \(seed)")
      }
      for process in processes { #expect(process.stop() == .exited(0)) }
    }

    private func makeBoundedType(on process: ServiceProcess, _ installation: Installation) throws {
      let bounds = LedgerModel.bounds
      let body = """
        {"name":"\(LedgerModel.boundedType)","displayName":"Gems","minAmount":\(bounds.lowerBound),\
        "maxAmount":\(bounds.upperBound)}
        """
      let caller = try Caller(port: process.port)
      #expect(try caller.ask(.post("/points/types", body, as: installation.admin)).status == 201)
    }
  }
}

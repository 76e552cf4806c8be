// A request that is refused or not according to the moment, sent several times at once while the moment
// changes: whatever the first verdict was, it is the verdict for ever, in every process.
import TestSupport
import Testing

extension WholeService {
  @Suite struct RefusalRaceTests {
    @Test func `a refusal that races its own retry gets one answer for ever`() async throws {
      var random = SeededGenerator.forThisRun()
      let installation = try await Installation.make()
      let processes = [try ServiceProcess(on: installation), try ServiceProcess(on: installation)]
      try installation.waitUntilMirrored(processes.map(\.port))
      let callers = try (0..<8).map { try Caller(port: processes[$0 % 2].port) }
      var accepted = 0
      for attempt in 0..<60 {
        let user = "racer-\(attempt)"
        let key = installation.service
        let deduct = Call.post("/points/deduct", body(user, 10), as: key, once: user)
        // Of eight at once one makes the deduction possible: every second time the first one, which wins more
        // often, else which is drawn.
        let award = attempt.isMultiple(of: 2) ? 0 : Int.random(in: 0..<8, using: &random)
        for (index, caller) in callers.enumerated() {
          try caller.send(
            index == award ? Call.post("/points/award", body(user, 10), as: key).bytes : deduct.bytes)
        }
        let answers = try callers.map { try $0.answer() }
        #expect(answers[award].status == 201)
        var verdicts = answers
        verdicts.remove(at: award)
        verdicts.removeAll { $0.code == "request_in_flight" }
        let later = try [callers[0], callers[1]].map { try $0.ask(deduct) }
        #expect(later.allSatisfy { $0.isReplay }, "seed \(random.seed)")
        let told = Set((verdicts + later).map { "\($0.status) \($0.lasting)" })
        #expect(told.count == 1, "seed \(random.seed), \(user): \(told)")
        #expect(verdicts.count { !$0.isReplay } == 1, "seed \(random.seed), \(user)")
        let isAccepted = later[0].status == 201
        #expect(isAccepted || later[0].code == "insufficient_balance")
        accepted += isAccepted ? 1 : 0
        let balance = try callers[0].ask(.get("/points/balance?userId=\(user)", as: key)).json
        #expect(balance["balance"].integer == (isAccepted ? 0 : 10))
      }
      #expect((1..<60).contains(accepted), "both verdicts were there, seed \(random.seed)")
    }

    private func body(_ user: String, _ amount: Int) -> String {
      #"{"userId":"\#(user)","amount":\#(amount)}"#
    }
  }
}

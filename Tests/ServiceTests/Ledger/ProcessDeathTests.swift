// One of two processes is killed while both post. What was acknowledged is there once, what was not is there
// once or not at all, and asking again with the same key through the other process tells which.
import TestSupport
import Testing

extension WholeService {
  @Suite struct ProcessDeathTests {
    /// Either may be the one that follows the ledger.
    @Test(arguments: [0, 1])
    func `a killed process takes nothing with it and doubles nothing`(victim: Int) async throws {
      let installation = try await Installation.make()
      let processes = [try ServiceProcess(on: installation), try ServiceProcess(on: installation)]
      try installation.waitUntilMirrored(processes.map(\.port))
      let survivor = processes[1 - victim]
      let load = PostingLoad(on: processes.map(\.port), key: installation.service, connections: 16)
      #expect(load.goesOn(by: 200, within: .seconds(20)))
      processes[victim].kill()
      #expect(load.goesOn(by: 200, within: .seconds(20)))
      var record = load.stop()
      #expect(record.wrong == [] && record.refused == 0)

      let audit = try LedgerAudit(port: survivor.port, key: installation.service)
      let before = try audit.transactions()
      for award in record.awards {
        let ids = before[award.name] ?? []
        if let told = award.transaction {
          #expect(ids == [told], "\(award) is there once")
        } else {
          #expect(ids.count <= 1, "\(award) is there once at most")
        }
      }
      let open = record.awards.indices.filter { record.awards[$0].transaction == nil }
      #expect(!open.isEmpty, "the process died while it worked")
      let caller = try Caller(port: survivor.port)
      for place in open {
        let award = record.awards[place]
        let answer = try caller.ask(award.call(installation.service))
        #expect(answer.status == 201, "\(answer.body)")
        #expect(answer.isReplay == (before[award.name] != nil))
        record.awards[place].transaction = answer.json["transaction"]["id"].text
      }
      let after = try audit.transactions()
      #expect(after.count == record.awards.count)
      for award in record.awards { #expect(after[award.name] == [award.transaction ?? ""]) }
      try expectFollowing(audit, record, caller, installation.service)
    }

    /// The boards equal the ledger, and somebody follows it: the position goes on.
    private func expectFollowing(
      _ audit: LedgerAudit, _ record: PostingLoad.Record, _ caller: Caller, _ key: String
    ) throws {
      var expected: [String: Int64] = [:]
      for award in record.awards { expected[award.user, default: 0] += award.amount }
      #expect(try audit.balances() == expected)
      #expect(try Eventually.holds(within: Ordeal.healing) { try audit.boardsShow(expected) })
      let board = Call.get("/points/leaderboard?limit=1", as: key)
      let position = try #require(try caller.ask(board).json["position"].integer)
      let again = Call.post("/points/award", #"{"userId":"\#(PostingLoad.users[0])","amount":1}"#, as: key)
      #expect(try caller.ask(again).status == 201)
      #expect(
        try Eventually.holds(within: Ordeal.healing) {
          try caller.ask(board).json["position"].integer ?? 0 > position
        }, "the lease has passed on")
    }
  }
}

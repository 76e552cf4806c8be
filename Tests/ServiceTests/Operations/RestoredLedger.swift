// A ledger that was restored, served by a process: what must be there is there, what must not is not, and
// whoever asks again for what was lost gets it, once.
import EmbeddedServers
import Foundation
import TestSupport
import Testing

struct RestoredLedger {
  let installation: Installation
  let databaseURL: String
  let process: ServiceProcess

  /// Of these awards the first are in every backup, of the next each may be in it, and of the last none is.
  struct Awards {
    var kept: [PostingLoad.Award] = []
    var between: [PostingLoad.Award] = []
    var lost: [PostingLoad.Award] = []

    var all: [PostingLoad.Award] { kept + between + lost }
  }

  init(_ installation: Installation, at databaseURL: String) throws {
    self.installation = installation
    self.databaseURL = databaseURL
    process = try ServiceProcess(on: installation, ["POINTS_DATABASE_URL": databaseURL])
  }

  /// Checks everything, and answers the balances that are there at the end.
  func check(_ awards: Awards) throws -> [String: Int64] {
    let audit = try LedgerAudit(port: process.port, key: installation.service)
    let before = try audit.transactions()
    for award in awards.kept { #expect(before[award.name] == [award.transaction ?? ""], "\(award)") }
    for award in awards.between { #expect(before[award.name]?.count ?? 0 <= 1, "\(award)") }
    for award in awards.lost { #expect(before[award.name] == nil, "\(award)") }
    let there = awards.all.filter { before[$0.name] != nil }
    #expect(before.count == there.count, "nothing else is there")
    var balances = Self.balances(of: there)
    #expect(try audit.balances() == balances, "every balance is what the ledger said at the cut")
    try expectMirrored(audit, balances)

    try askAgain(awards.all, knownBefore: before)
    balances = Self.balances(of: awards.all)
    let after = try audit.transactions()
    #expect(after.count == awards.all.count && after.values.allSatisfy { $0.count == 1 })
    #expect(try audit.balances() == balances)
    try expectMirrored(audit, balances)
    try expectNewAward()
    return try audit.balances()
  }

  /// The mirror that Redis had was of more than the ledger now has: it is another one, and equal to the
  /// ledger.
  func expectMirrored(_ audit: LedgerAudit, _ balances: [String: Int64]) throws {
    try installation.waitUntilMirrored([process.port])
    #expect(try Eventually.holds(within: Ordeal.healing) { try audit.boardsShow(balances) })
    let verified = try Program.run(
      ["verify"],
      environment: [
        "POINTS_DATABASE_URL": databaseURL, "POINTS_REDIS_URL": installation.servers.redis.connectionURL,
      ])
    #expect(verified.ending == .exited(0), "\(verified.output)\(verified.complaints)")
    let caller = try Caller(port: process.port)
    var ready = Answer()
    let isReady = try Eventually.holds(within: .seconds(20)) {
      ready = try caller.get("/ready")
      return ready.status == 200
    }
    #expect(isReady, "\(ready.body)")
  }

  private func askAgain(
    _ awards: [PostingLoad.Award], knownBefore known: [String: [String]]
  ) throws {
    let caller = try Caller(port: process.port)
    for award in awards {
      let answer = try caller.ask(award.call(installation.service))
      #expect(answer.status == 201, "\(answer.body)")
      #expect(answer.isReplay == (known[award.name] != nil), "\(award)")
      guard let id = known[award.name]?.first else { continue }
      #expect(answer.json["transaction"]["id"].text == id)
    }
  }

  private func expectNewAward() throws {
    let caller = try Caller(port: process.port)
    let board = Call.get("/points/leaderboard?limit=1", as: installation.service)
    let position = try #require(try caller.ask(board).json["position"].integer)
    let call = Call.post("/points/award", #"{"userId":"user-0","amount":7}"#, as: installation.service)
    let answer = try caller.ask(call)
    #expect(answer.status == 201 && answer.json["projected"].isTrue, "\(answer.body)")
    #expect(
      try Eventually.holds(within: Ordeal.healing) {
        try caller.ask(board).json["position"].integer ?? 0 > position
      })
  }

  private static func balances(of awards: [PostingLoad.Award]) -> [String: Int64] {
    var balances: [String: Int64] = [:]
    for award in awards { balances[award.user, default: 0] += award.amount }
    return balances
  }
}

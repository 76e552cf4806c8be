// What docs/consistency.md states, from outside: two processes, and a Redis that fails between them.
import EmbeddedServers
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct ConsistencyTests {
    @Test func `after projected, every process reads that version or a newer one, by any route`() async throws
    {
      let installation = try await Installation.make()
      let processes = [try ServiceProcess(on: installation), try ServiceProcess(on: installation)]
      try installation.waitUntilMirrored(processes.map(\.port))
      let callers = try processes.map { process in try (0..<4).map { _ in try Caller(port: process.port) } }
      let key = installation.service
      for number in 0..<100 {
        let user = "u\(number % 5)"
        let writer = callers[number % 2][number / 2 % 4]
        let reader = callers[1 - number % 2][number / 3 % 4]
        let made = try writer.ask(.post("/points/award", #"{"userId":"\#(user)","amount":3}"#, as: key)).json
        let version = try #require(made["balance"]["version"].integer)
        // A machine that is busy with much else may make Redis late, and then the answer says so.
        guard made["projected"].isTrue else { continue }
        let balance = try reader.ask(.get("/points/balance?userId=\(user)", as: key)).json
        #expect(balance["version"].integer == version && balance["source"].text == "redis")
        let rank = try reader.ask(.get("/points/leaderboard/rank?userId=\(user)", as: key)).json
        #expect(rank["score"].integer == 3 * version && rank["source"].text == "redis")
        let board = try reader.ask(.get("/points/leaderboard", as: key)).json
        #expect(board["entries"].list.first { $0["userId"].text == user }?["score"].integer == 3 * version)
        let history = try reader.ask(.get("/points/history?userId=\(user)&limit=1", as: key)).json
        #expect(history["transactions"][0]["version"].integer == version)
        let least = try reader.ask(.get("/points/balance?userId=\(user)&minVersion=\(version)", as: key)).json
        #expect(least["version"].integer == version)
      }
    }

    @Test(arguments: [Fault.stopped, .killed, .suspended])
    func `without Redis points go on, the ledger answers for it, and with Redis all agree again`(fault: Fault)
      async throws
    {
      let installation = try await Installation.make()
      let servers = installation.servers
      // A Redis that is suspended is silent.
      let settings = fault == .suspended ? ServiceProcess.impatient : [:]
      let processes = try (0..<2).map { _ in try ServiceProcess(on: installation, settings) }
      let ports = processes.map(\.port)
      try installation.waitUntilMirrored(ports)
      let callers = try ports.map { try Caller(port: $0) }
      var world = SmallWorld(key: installation.service)
      // And one that is only slow, as on a busy machine, may be given up as early.
      let areProjected: Bool? = fault == .suspended ? nil : true
      try world.award(0..<20, through: callers, areProjected: areProjected)

      fault.strike(.redis, servers)
      defer { try? fault.undo(.redis, servers) }
      try world.award(20..<40, through: callers, areProjected: false)
      for caller in callers {
        try world.expectBalances(through: caller)
        #expect(
          try world.boardsFollow(through: caller), "a board from the ledger is newer than a few seconds")
      }

      try fault.undo(.redis, servers)
      let audits = try ports.flatMap { port in
        try (0..<4).map { _ in
          try LedgerAudit(port: port, key: installation.service, users: Array(world.balances.keys))
        }
      }
      #expect(
        try Eventually.holds(within: Ordeal.healing) {
          try audits.allSatisfy { try $0.boardsShow(world.balances) }
        })
      try world.award(40..<50, through: callers, areProjected: areProjected)
      // At once, if Redis was told of all of it.
      let limit: Duration = areProjected == true ? .zero : Ordeal.healing
      #expect(
        try Eventually.holds(within: limit) {
          try audits.allSatisfy { try $0.boardsShow(world.balances) }
        })
    }

    @Test func `a Redis emptied under load is never taken for a small board`() async throws {
      try await underLoad { servers, load in
        for _ in 0..<4 {
          try StoreConsole(servers.redis).run("FLUSHALL")
          #expect(load.goesOn(by: 100, within: .seconds(10)))
        }
      }
    }

    @Test func `a Redis killed under load, that lost its newest seconds, shows nothing old`() async throws {
      try await underLoad { servers, load in
        for _ in 0..<3 {
          servers.redis.kill()
          #expect(load.goesOn(by: 50, within: .seconds(10)))
          try servers.redis.start()
          #expect(load.goesOn(by: 200, within: .seconds(10)))
        }
      }
    }

    private func underLoad(_ harm: (EmbeddedServers, PostingLoad) throws -> Void) async throws {
      let installation = try await Installation.make()
      let processes = [try ServiceProcess(on: installation), try ServiceProcess(on: installation)]
      try installation.waitUntilMirrored(processes.map(\.port))
      let load = PostingLoad(on: processes.map(\.port), key: installation.service)
      #expect(load.goesOn(by: 100, within: .seconds(10)))
      try harm(installation.servers, load)
      #expect(load.goesOn(by: 100, within: .seconds(10)))
      let record = load.stop()
      #expect(record.wrong == [])
      let audits = try processes.map { try LedgerAudit(port: $0.port, key: installation.service) }
      var expected: [String: Int64] = [:]
      for award in record.awards where award.transaction != nil {
        expected[award.user, default: 0] += award.amount
      }
      #expect(record.acknowledged == record.awards.count, "no process ever failed")
      #expect(try audits[0].balances() == expected)
      #expect(
        try Eventually.holds(within: Ordeal.healing) {
          try audits.allSatisfy { try $0.boardsShow(expected) }
        })
    }
  }
}

/// A few users, and what they have as far as the caller was told.
private struct SmallWorld {
  let key: String
  private(set) var balances: [String: Int64] = [:]
  private var versions: [String: Int64] = [:]
  private var lastAt = ""

  init(key: String) {
    self.key = key
  }

  /// Some awards, of which it is known whether they are projected, or not known.
  mutating func award(_ numbers: Range<Int>, through callers: [Caller], areProjected: Bool?) throws {
    for number in numbers {
      let isProjected = try award(number, through: callers[number % callers.count])
      if let areProjected { #expect(isProjected == areProjected, "award \(number)") }
    }
  }

  /// Whether the award was projected.
  private mutating func award(_ number: Int, through caller: Caller) throws -> Bool {
    let (user, amount) = ("u\(number % 7)", Int64(number + 1))
    let answer = try caller.ask(
      .post("/points/award", #"{"userId":"\#(user)","amount":\#(amount)}"#, as: key))
    #expect(answer.status == 201, "\(answer.body)")
    balances[user, default: 0] += amount
    versions[user, default: 0] += 1
    lastAt = answer.json["transaction"]["createdAt"].text ?? ""
    #expect(answer.json["balance"]["balance"].integer == balances[user])
    #expect(answer.json["balance"]["version"].integer == versions[user])
    return answer.json["projected"].isTrue
  }

  func expectBalances(through caller: Caller) throws {
    for (user, points) in balances {
      let balance = try caller.ask(.get("/points/balance?userId=\(user)", as: key))
      #expect(balance.json["source"].text == "ledger", "\(balance.body)")
      #expect(balance.json["balance"].integer == points && balance.json["version"].integer == versions[user])
    }
  }

  /// Whether the board, never wrong about its instant, comes to show the last award.
  func boardsFollow(through caller: Caller) throws -> Bool {
    try Eventually.holds(within: .seconds(25)) {
      let answer = try caller.ask(.get("/points/leaderboard?limit=100", as: key))
      if answer.status == 503 { return false }
      let json = answer.json
      #expect(json["source"].text == "ledger" && json["position"].isNull, "\(answer.body)")
      guard let asOf = json["asOf"].text, asOf > lastAt else { return false }
      var scores: [String: Int64] = [:]
      for entry in json["entries"].list { scores[entry["userId"].text ?? ""] = entry["score"].integer }
      #expect(scores == balances, "\(answer.body)")
      return true
    }
  }
}

// Awards on a ledger that will forget some of them, and what two processes may show of it then.
import Foundation
import TestSupport
import Testing

struct RestoredDesk {
  private struct Lost {
    let user: String
    let amount: Int64
    let name: String
  }

  private let installation: Installation
  private let ports: [UInt16]
  /// Several for each process, so that each of its workers is asked.
  private let callers: [Caller]
  private var balances: [String: Int64] = [:]
  private var lost: [Lost] = []
  private var count = 0

  init(_ installation: Installation, _ ports: [UInt16]) throws {
    self.installation = installation
    self.ports = ports
    callers = try ports.flatMap { port in try (0..<4).map { _ in try Caller(port: port) } }
  }

  /// With new connections, as after the processes were started anew.
  func again(_ ports: [UInt16]) throws -> RestoredDesk {
    var desk = try RestoredDesk(installation, ports)
    (desk.balances, desk.lost, desk.count) = (balances, lost, count)
    return desk
  }

  mutating func award(_ user: String, _ amount: Int64, isLost: Bool = false) throws {
    count += 1
    let name = "award-\(count)"
    let answer = try posted(user, amount, name, callers[count % callers.count])
    if isLost {
      #expect(answer.json["projected"].isTrue, "Redis has what will be lost")
      lost.append(Lost(user: user, amount: amount, name: name))
    } else {
      balances[user, default: 0] += amount
    }
  }

  /// What the ledger forgot was never done: asking again with the same key does it.
  mutating func expectRetriesAreNew() throws {
    for one in lost {
      let answer = try posted(one.user, one.amount, one.name, callers[0])
      #expect(!answer.isReplay, "\(answer.body)")
      balances[one.user, default: 0] += one.amount
    }
    lost = []
  }

  /// Asks as callers do: with the same key again while nobody can tell.
  private func posted(_ user: String, _ amount: Int64, _ name: String, _ caller: Caller) throws -> Answer {
    let call = Call.post(
      "/points/award", #"{"userId":"\#(user)","amount":\#(amount)}"#, as: installation.service, once: name)
    var answer = Answer()
    let isPosted = try Eventually.holds(within: .seconds(10)) {
      answer = try caller.ask(call)
      return answer.status != 503
    }
    #expect(isPosted && answer.status == 201, "\(answer.body)")
    return answer
  }

  // MARK: What is shown

  func serves(within limit: Duration) throws -> Bool {
    try Eventually.holds(within: limit) {
      try callers.allSatisfy { caller in
        try caller.ask(.get("/points/balance?userId=x&consistency=ledger", as: installation.service)).status
          == 200
      }
    }
  }

  func everyWorkerAnswers(from source: String, within limit: Duration) throws -> Bool {
    try Eventually.holds(within: limit) {
      try callers.allSatisfy { caller in
        let board = try caller.ask(.get("/points/leaderboard?limit=1", as: installation.service))
        return board.json["source"].text == source
      }
    }
  }

  func boardsAreEqual(
    within limit: Duration, from source: String = "redis", withLost: Bool = false
  ) throws -> Bool {
    var expected = balances
    if withLost { for one in lost { expected[one.user, default: 0] += one.amount } }
    let users = Array(expected.keys)
    let audits = try ports.map { try LedgerAudit(port: $0, key: installation.service, users: users) }
    return try Eventually.holds(within: limit) {
      try audits.allSatisfy { try $0.boardsShow(expected, from: source) }
    }
  }

  /// Whether every worker notices in time that something is lost, the end comes in time, and from one to the
  /// other no worker shows anything else than the ledger has.
  func neverShowsWhatIsLost(until end: () throws -> Bool, _ limit: Duration) throws -> Bool {
    guard try Eventually.holds(within: Self.noticing, { try wrongAnswers() == [] }) else { return false }
    var wrong: Set<String> = []
    let ended = try Eventually.holds(within: limit) {
      wrong.formUnion(try wrongAnswers())
      return try end()
    }
    #expect(wrong == [])
    return ended
  }

  /// The pause between two attempts to connect is two seconds at most, and the machine may be busy.
  private static let noticing = Duration.seconds(20)

  private func wrongAnswers() throws -> Set<String> {
    var wrong: Set<String> = []
    for caller in callers {
      let board = try caller.ask(.get("/points/leaderboard?limit=1000", as: installation.service))
      for entry in board.json["entries"].list {
        let user = entry["userId"].text ?? ""
        guard entry["score"].integer != balances[user] else { continue }
        wrong.insert("\(user): \(entry["score"]), \(board.json["source"]) at \(board.json["position"])")
      }
      for user in Set(lost.map(\.user)) {
        let balance = try caller.ask(.get("/points/balance?userId=\(user)", as: installation.service))
        guard balance.status == 200 else { continue }
        if balance.json["balance"].integer != balances[user] ?? 0 { wrong.insert(balance.body) }
      }
    }
    return wrong
  }

  /// Of both processes together.
  func metric(_ name: String) throws -> Double {
    try ports.reduce(0) { try $0 + PrometheusPage(Caller(port: $1).get("/metrics").body).sum(name) }
  }

  // MARK: The follower

  /// Somebody who does nothing has its lease.
  func nobodyFollows() throws {
    try ServerTools.sql(
      [
        """
        INSERT INTO leases SELECT name, gen_random_uuid(), 1, now() + interval '1 hour'
        FROM leases WHERE name LIKE 'follower%'
        ON CONFLICT (name) DO UPDATE SET holder = EXCLUDED.holder, expires_at = EXCLUDED.expires_at
        """
      ], in: installation.databaseURL, of: installation.servers)
  }

  func somebodyFollows() throws {
    try ServerTools.sql(
      ["DELETE FROM leases WHERE name LIKE 'follower%'"], in: installation.databaseURL,
      of: installation.servers)
  }
}

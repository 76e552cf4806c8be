// Payouts for snapshots that are taken one after the other. Whoever asked asks again, and in the end each
// winner has what he won, once.
import Foundation
import TestSupport

extension RunnerChain {
  static let winners = 240
  /// Five of each winner, so that a payout is more than one posting.
  private static let coins = (1...5).map { "coin-\($0)" }

  /// Point types to be won, and a rule by which everybody wins some of each.
  func promise() throws {
    let caller = try Caller(port: service.port)
    for coin in Self.coins {
      try expect(
        201,
        .post("/points/types", #"{"name":"\#(coin)","displayName":"Coin"}"#, as: installation.admin), caller)
    }
    let rewards = Self.coins.enumerated().map { #"{"pointType":"\#($1)","amount":\#(7 + $0)}"# }
    try expect(
      201,
      .post(
        "/points/reward-rules",
        #"{"board":"earned","minRank":1,"maxRank":100000,"rewards":[\#(rewards.joined(separator: ","))]}"#,
        as: installation.admin), caller)
    // Else his accounts would be missed, made and removed by each payout, and how it is posted would depend
    // on whose turn it is.
    try giveDisabled(caller)
  }

  /// To the one who is disabled, of all that there is to be won.
  private func giveDisabled(_ caller: Caller) throws {
    let user = "user-7"
    let enabling = { (isEnabled: Bool) in
      Call(
        method: "PUT", target: "/points/users/\(user)", key: self.installation.admin,
        body: #"{"enabled":\#(isEnabled)}"#)
    }
    try expect(200, enabling(true), caller)
    let legs = Self.coins.map { #"{"type":"credit","userId":"\#(user)","pointType":"\#($0)","amount":1}"# }
    try expect(
      201, .post("/points/postings", #"{"legs":[\#(legs.joined(separator: ","))]}"#, as: installation.admin),
      caller)
    try expect(200, enabling(false), caller)
  }

  private func expect(_ status: Int, _ call: Call, _ caller: Caller) throws {
    let answer = try caller.ask(call)
    guard answer.status == status else { throw Unexpected(description: answer.body) }
  }

  /// At which steps of planning and paying a process can be stopped.
  func payInPeace() throws -> (halts: [Halt], faults: [String]) {
    // The first one makes the accounts; those that follow find them.
    let first = try Caller(port: service.port).ask(try payout())
    guard let made = first.json["id"].text, try faults(ofPayout: made).isEmpty else {
      throw Unexpected(description: first.body)
    }
    let call = try payout()
    service.watch.begin()
    let answer = try Caller(port: service.port).ask(call)
    guard answer.status == 201, let id = answer.json["id"].text else {
      throw Unexpected(description: answer.body)
    }
    let faults = try faults(ofPayout: id)
    return (halts(), faults)
  }

  /// Asks for a payout, strikes at a step of planning or paying it, and tells what is not as it should be
  /// after it was asked for again.
  func pay(_ strike: Strike, at halt: Halt) throws -> [String] {
    let call = try payout()
    let asker = try Caller(port: service.port)
    service.watch.begin(haltingAt: halt)
    try asker.send(call.bytes)
    guard service.watch.haltIsReached(within: .seconds(30)) else {
      let alike = service.watch.steps.filter { $0.trail.last == halt.step.trail.last }
      return ["\(halt) never came, but \(alike)"]
    }
    var answer = Answer()
    let asksAgain = {
      answer = (try? Caller(port: self.service.port).ask(call)) ?? answer
      return answer.status == 200 || answer.status == 201
    }
    try self.strike(strike) {
      guard asksAgain(), let id = answer.json["id"].text else { return false }
      return (try? phase(of: id)) == "paid"
    }
    _ = Eventually.holds(within: .seconds(20), asksAgain)
    guard let id = answer.json["id"].text else {
      return ["\(strike) \(halt): \(answer.status) \(answer.body)"]
    }
    return try faults(ofPayout: id).map { "\(strike) \(halt): \($0)" }
  }

  /// For ranks of their own.
  private func payout() throws -> Call {
    let taken = try Caller(port: service.port).ask(
      .post("/points/snapshots", #"{"board":"earned"}"#, as: installation.admin, once: UUID().uuidString))
    guard taken.status == 201, let snapshot = taken.json["id"].text else {
      throw Unexpected(description: taken.body)
    }
    return .post("/points/distributions", #"{"snapshotId":"\#(snapshot)"}"#, as: installation.admin)
  }

  private func phase(of id: String) throws -> String {
    try league.ask("SELECT phase FROM distributions WHERE id = '\(id)'")
  }

  /// What is not as it should be once it is paid.
  private func faults(ofPayout id: String) throws -> [String] {
    let isPaid = Eventually.holds(within: .seconds(30)) { (try? phase(of: id)) == "paid" }
    guard isPaid else {
      return ["\(id) is \(try phase(of: id)); \(try league.ask("SELECT name, last_error FROM jobs"))"]
    }
    // Each line of the plan has one transaction, of its user, type and amount, but those of who is disabled;
    // and there is none besides.
    let counts = try league.ask(
      """
      WITH line AS (
        SELECT l.user_id, l.point_type_id, l.amount FROM distribution_legs l
        JOIN distributions d ON d.number = l.distribution_number
        WHERE d.id = '\(id)' AND l.user_id <> 'user-7'
      ), made AS (
        SELECT user_id, point_type_id, amount FROM transactions WHERE related_to = '\(id)'
      )
      SELECT (SELECT count(*) FROM line), (SELECT count(*) FROM made),
        (SELECT count(*) FROM (TABLE line EXCEPT ALL TABLE made) AS missing),
        (SELECT count(*) FROM (TABLE made EXCEPT ALL TABLE line) AS besides)
      """)
    let lines = (Self.winners - 1) * Self.coins.count
    return counts == "\(lines)|\(lines)|0|0" ? [] : ["lines and transactions: \(counts)"]
  }
}

// Between two payouts: points are spent, and results turn out to be wrong.
import Ledger
import TestSupport

@testable import API

extension PayoutRound {
  /// Some of what was won, or all of it.
  func spend() async throws {
    let ledger = try await PayoutLedger.read(of: name, worker.pool)
    let purses = Dictionary(grouping: ledger.rows, by: \.purse).compactMapValues(\.first?.balance)
    var legs: [Leg] = []
    for (purse, balance) in purses.sorted(by: { ($0.key.user, $0.key.type) < ($1.key.user, $1.key.type) })
    where balance > 0 && prizes.contains(purse.type) && !disabled.contains(purse.user) && happens(35) {
      let amount = happens(40) ? balance : Int64.random(in: 1...balance, using: &random)
      legs.append(try await leg(.debit(amount), purse.user, purse.type))
    }
    if !legs.isEmpty { try await worker.post(Array(legs.prefix(1_000))) }
  }

  /// Some are disqualified, and of some the score was another. Whether there was anybody left.
  func revise() async throws -> Bool {
    let chosen = standings.map(\.user).shuffled(using: &random).prefix(number(1...5))
    guard !chosen.isEmpty else { return false }
    var (disqualified, mended): ([String], [String]) = ([], [])
    for user in chosen {
      guard let before = scores[user] else { continue }
      var after = before
      // As good as somebody else, or better or worse than all.
      let other = scores.values.map(\.score).sorted().randomElement(using: &random) ?? 0
      after.score = happens(60) ? other : Int64(number(-3...12))
      if happens(30) { after.reachedAt = 1_577_836_800_000_000 + Int64(number(0...3)) * 1_000_000 }
      guard !happens(40), after != before else {
        disqualified.append("\"\(user)\"")
        scores[user] = nil
        continue
      }
      let second = (after.reachedAt - 1_577_836_800_000_000) / 1_000_000
      let reached =
        after.reachedAt == before.reachedAt ? "" : #","reachedAt":"2020-01-01T00:00:0\#(second)Z""#
      mended.append(#"{"userId":"\#(user)","score":\#(after.score)\#(reached)}"#)
      scores[user] = isListed(after) ? after : nil
    }
    let body = """
      {"reason":"checked","disqualify":[\(disqualified.joined(separator: ","))],\
      "scores":[\(mended.joined(separator: ","))]}
      """
    note(body)
    snapshot = try await ask("POST", "/points/snapshots/\(snapshot)/revisions", body)["id"] ?? ""
    standings = model.ranked(scores.values)
    try await checkRanks()
    return true
  }

  /// Rules and terms that are changed after something was planned are nothing to its corrections.
  func changeRules() async throws {
    guard let rule = model.rules.randomElement(using: &random), !distributions.isEmpty else { return }
    let body = #"{"rewardAmount":7,"rewardPointType":"\#(prizes[0])"}"#
    try await ask("PATCH", "/points/reward-rules/\(rule.id)", body, 200)
    if happens(50) { try await ask("PUT", "/points/reward-terms", "{\(place)}", 200) }
    note("rules changed")
  }
}

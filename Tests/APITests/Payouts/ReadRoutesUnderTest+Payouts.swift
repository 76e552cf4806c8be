// Rules, ranks and payments for the tests of payouts; requests go the way of all others.
import Ledger
import Rewards

@testable import API
@testable import LedgerStore

extension ReadRoutesUnderTest {
  static let payouts = "/points/distributions"

  /// From now on whoever has one of the ranks gets so much. Of all boards of the default type, or of one.
  func reward(_ ranks: ClosedRange<Int64>, _ amount: Int64, on board: String? = nil) async throws {
    let type = try await type()
    guard let reward = Reward(amount, of: type) else { throw Unmet(what: "a reward of \(amount)") }
    let traits = RewardRuleTraits(name: "Podium", reach: .ranks(ranks), rewards: [reward])
    let saving = try await RewardRuleStore(pool: pool).create(
      traits, in: NamedRewardScope(RewardScope(pointType: type, board: board)))
    guard case .saved = saving else { throw Unmet(what: "a rule: \(saving)") }
  }

  func setTerms(needsApproval: Bool = false, budget: Int64? = nil) async throws {
    let type = try await type()
    let terms = RewardTerms(budgets: budget.map { [type: $0] } ?? [:])
    let saving = try await RewardTermsStore(pool: pool).set(
      RewardTermsTraits(terms, needsApproval: needsApproval),
      in: NamedRewardScope(RewardScope(pointType: type)))
    guard case .saved = saving else { throw Unmet(what: "terms: \(saving)") }
  }

  /// ada 30, bob and cy 20 each, dan 10; a snapshot of it, and 100 for the first, 40 for the second and the
  /// third.
  func ranks() async throws -> String {
    try await SnapshotRoutesTests.fill(self)
    try await reward(1...1, 100)
    try await reward(2...3, 40)
    return try await SnapshotRoutesTests.take(self)
  }

  /// A snapshot of what the mirror shows.
  func live() async throws -> String {
    let taken = try await send("POST", "/points/snapshots", #"{"source":"live"}"#)
    guard taken["state"] == "complete", let id = taken["id"] else { throw Unmet(what: taken.text) }
    return id
  }

  /// A revision in which the best is out of it, and the second has another score.
  func revision(of snapshot: String) async throws -> String {
    let ranked = try await get("/points/snapshots/\(snapshot)/entries").all("entries", "userId")
    guard ranked.count > 1, let best = ranked[0], let second = ranked[1] else { throw Unmet(what: "ranks") }
    let made = try await send(
      "POST", "/points/snapshots/\(snapshot)/revisions",
      #"{"reason":"cheated","disqualify":["\#(best)"],"scores":[{"userId":"\#(second)","score":7}]}"#)
    guard made.status == 201, let id = made["id"] else { throw Unmet(what: made.text) }
    return id
  }

  /// Asks for a payout.
  func plan(_ snapshot: String, _ more: String = "", as role: Role = .payouts) async throws -> Answered {
    try await send("POST", Self.payouts, #"{"snapshotId":"\#(snapshot)"\#(more)}"#, as: role)
  }

  /// Pays whatever is to be paid.
  @discardableResult
  func pay() async throws -> PayoutRunner.Outcome {
    try await PayoutRunner(pool: pool, lanes: lanes).runOnce()
  }

  func balance(_ user: String) async throws -> String? {
    try await get("/points/balance?userId=\(user)&consistency=ledger")["balance"]
  }

  func setEnabled(_ isEnabled: Bool, _ user: String) async throws {
    let answer = try await send("PUT", "/points/users/\(user)", #"{"enabled":\#(isEnabled)}"#)
    guard answer.status == 200 else { throw Unmet(what: "a user: \(answer.text)") }
  }
}

// One random world of payouts: a board with ranks, rules and terms, drawn and made by way of the API. What it
// was is told when something is not as the model has it.
import Ledger
import TestSupport

@testable import API

/// Used on its worker's loop only.
final class PayoutRound: @unchecked Sendable {
  let worker: ReadRoutesUnderTest
  let name: String
  var random: SeededGenerator
  var model = PayoutModel()
  /// Of the newest revision.
  var scores: [String: PayoutModel.Score] = [:]
  var standings: [PayoutModel.Standing] = []
  var snapshot = ""
  /// Of what can be won; the first may be the type that is ranked.
  var prizes: [String] = []
  var disabled: Set<String> = []
  /// Whose totals are full.
  var full: Set<Purse> = []
  /// Those that took effect, the first planned first.
  var distributions: [String] = []
  /// What everybody should have by the newest that took effect.
  var wanted: [Purse: Int128] = [:]
  var needsApproval = false
  /// Whether what was planned last waits for somebody's approval.
  var waits = false
  var budgets: [String: Int128] = [:]
  /// Whether the board has terms of its own.
  var areTermsOfBoard = false
  /// Whether the newest revision is one for which there is nothing to pay, and was nothing before.
  var isEmpty = false
  /// How often what came of it, so that nothing that matters is left out unseen.
  var seen: [String: Int] = [:]
  private(set) var story: [String] = []
  private(set) var faults: [String] = []
  private var minScore: Int64?

  init(_ worker: ReadRoutesUnderTest, _ name: String, _ random: SeededGenerator) {
    self.worker = worker
    self.name = name
    self.random = random
  }

  var ranked: String { "\(name)-points" }
  private(set) var board = "balance"
  /// As bodies name it.
  private(set) var place = ""

  // MARK: Telling

  func note(_ text: String) { story.append(text) }

  func expect(_ isSo: Bool, _ what: @autoclosure () -> String) {
    if !isSo { faults.append(what()) }
  }

  func count(_ what: String) { seen[what, default: 0] += 1 }

  /// Whether something happens that happens so often in a hundred times.
  func happens(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  /// Asks for what has to work, as an admin.
  @discardableResult
  func ask(
    _ method: String, _ target: String, _ body: String?, _ status: Int = 201
  ) async throws -> Answered {
    let answer = try await worker.send(method, target, body)
    guard answer.status == status else {
      throw Unmet(what: "\(method) \(target) \(body ?? ""): \(answer.text)")
    }
    return answer
  }

  // MARK: Making

  func make() async throws {
    for type in [ranked, "\(name)-gems", "\(name)-coins"] {
      try await ask("POST", "/points/types", #"{"name":"\#(type)","displayName":"x"}"#)
    }
    prizes = Array([ranked, "\(name)-gems", "\(name)-coins"].shuffled(using: &random).prefix(number(1...3)))
    try await makeBoard()
    try await fill()
    try await makeRules()
    let taken = try await ask("POST", "/points/snapshots", "{\(place)}")
    snapshot = taken["id"] ?? ""
    standings = model.ranked(scores.values)
    try await checkRanks()
  }

  private func makeBoard() async throws {
    guard !happens(20) else {
      board = happens(50) ? "balance" : "earned"
      place = #""pointType":"\#(ranked)","board":"\#(board)""#
      return
    }
    board = name
    model.style = PayoutModel.Style.allCases.randomElement(using: &random) ?? .dense
    model.isAscending = happens(25)
    minScore = happens(20) ? 2 : nil
    place = #""board":"\#(board)""#
    let direction = model.isAscending ? "ascending" : "descending"
    let least = minScore.map { #","minScore":\#($0)"# } ?? ""
    let body = """
      {"name":"\(board)","pointType":"\(ranked)","rankStyle":"\(model.style.rawValue)",\
      "direction":"\(direction)"\(least)}
      """
    note(body)
    let made = try await ask("POST", "/points/boards", body)
    guard made["state"] == "ready" else { throw Unmet(what: made.text) }
  }

  /// Nobody, one, all equal, or some with many ties; in several postings, so that equals are not all equally
  /// early.
  private func fill() async throws {
    let count = [0, 1, number(2...20), number(2...20), number(10...70), number(100...260)][number(0...5)]
    let most = happens(20) ? 1 : number(2...7)
    let users = (0..<count).map { "\(name)-\($0)" }
    for _ in 0..<(most == 1 ? 1 : number(1...4)) where count > 0 {
      let chosen = scores.isEmpty ? users : users.filter { _ in happens(40) }
      let legs = try await chosen.shuffled(using: &random).asyncMap { user in
        try await self.leg(.credit(Int64(self.number(1...most))), user, self.ranked)
      }
      for transaction in try await legs.isEmpty ? [] : worker.post(legs) {
        let user = transaction.account.user.text
        scores[user] = PayoutModel.Score(
          user: user, score: transaction.after, reachedAt: transaction.createdAt.microseconds)
      }
    }
    note("scores \(scores.values.map(\.score).sorted())")
    // Somebody to whom nothing more can be given.
    if let user = users.randomElement(using: &random), let type = prizes.first(where: { $0 != ranked }),
      happens(15)
    {
      try await worker.post([try await leg(.credit(.max - 3), user, type)])
      full.insert(Purse(user: user, type: type))
      note("\(user) is full of \(type)")
    }
    scores = scores.filter { isListed($0.value) }
  }

  func isListed(_ score: PayoutModel.Score) -> Bool { minScore.map { score.score >= $0 } ?? true }

  func leg(_ change: Leg.Change, _ user: String, _ type: String) async throws -> Leg {
    let key = AccountKey(user: UserID(stored: user), pointType: try await worker.type(type))
    let kind = if case .debit = change { Kind.purchase } else { Kind.award }
    return Leg(account: key, change: change, kind: kind, details: .init())
  }

  // MARK: Rules

  /// Of the board, of its type, or of both, and then those of the board count.
  private func makeRules() async throws {
    let which = number(1...3)
    if which != 1 { model.rules = try await makeRules(#""pointType":"\#(ranked)""#) }
    if which != 2 { model.rules = try await makeRules(place) }
    if happens(30) {
      let body = #"{\#(place),"minRank":1,"maxRank":9,"rewardAmount":1000,"active":false}"#
      try await ask("POST", "/points/reward-rules", body)
    }
  }

  private func makeRules(_ scope: String) async throws -> [PayoutModel.Rule] {
    var rules: [PayoutModel.Rule] = []
    var next = 1
    for _ in 0..<number(0...3) {
      let first = next + (happens(30) ? number(1...3) : 0)
      let last = first + (happens(20) ? number(5...80) : number(0...4))
      next = last + 1
      rules.append(try await rule(scope, .ranks(first, last)))
    }
    var bound = happens(50) ? 0 : number(1...3_000)
    for _ in 0..<number((rules.isEmpty ? 1 : 0)...3) where bound < 10_000 {
      let top = min(10_000, bound + (happens(30) ? number(1...30) : number(1...5_000)))
      rules.append(try await rule(scope, .share(above: bound, top: top)))
      bound = top + (happens(30) ? number(1...500) : 0)
    }
    return rules
  }

  private func rule(_ scope: String, _ reach: PayoutModel.Reach) async throws -> PayoutModel.Rule {
    var given: [String: Int128] = [:]
    for type in prizes.shuffled(using: &random).prefix(number(1...prizes.count)) {
      let most = 1_000_000_000_000_000_000
      given[type] = Int128(happens(15) ? number(1...3) : happens(2) ? most : number(1...400))
    }
    let amounts = given.map { #"{"pointType":"\#($0)","amount":\#($1)}"# }.joined(separator: ",")
    let reaches =
      switch reach {
      case .ranks(let first, let last): #""minRank":\#(first),"maxRank":\#(last)"#
      case .share(let above, let top):
        #""abovePercent":\#(Self.percent(above)),"topPercent":\#(Self.percent(top))"#
      }
    let body = #"{\#(scope),\#(reaches),"rewards":[\#(amounts)]}"#
    note(body)
    let made = try await ask("POST", "/points/reward-rules", body)
    return PayoutModel.Rule(id: made["id"] ?? "", reach: reach, prizes: given)
  }

  private static func percent(_ hundredths: Int) -> String {
    "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
  }

  // MARK: Ranks

  func checkRanks() async throws {
    var found: [PayoutModel.Standing] = []
    let page = try await worker.get("/points/snapshots/\(snapshot)/entries?limit=1000")
    for index in 0..<page.count("entries") {
      let entry = "entries.\(index)"
      found.append(
        PayoutModel.Standing(
          user: page["\(entry).userId"] ?? "", place: Int(page["\(entry).place"] ?? "") ?? 0,
          rank: Int(page["\(entry).rank"] ?? "") ?? 0, score: Int64(page["\(entry).score"] ?? "") ?? 0))
    }
    expect(found == standings, "ranks \(found) for \(standings)")
  }
}

extension Collection {
  /// One after the other.
  func asyncMap<Value>(_ transform: (Element) async throws -> Value) async throws -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}

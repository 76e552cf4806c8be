// The ranks of the newest revision are paid for: looked at, planned, decided, posted and tried again, each
// step held against the model.
import Ledger
import LedgerStore
import TestSupport

@testable import API

extension PayoutRound {
  private static let path = ReadRoutesUnderTest.payouts
  /// Of a budget.
  private static let most: Int128 = 1_000_000_000_000_000_000

  private var ledger: PayoutLedger {
    get async throws { try await PayoutLedger.read(of: name, worker.pool) }
  }

  // MARK: Planning

  func payOut() async throws {
    if distributions.isEmpty { try await setTerms() }
    let lines = model.lines(standings)
    let changes = lines.changes(from: try await ledger.credits(of: distributions).filter { $0.left > 0 })
    let isCorrection = try await ledger.credits(of: distributions).contains { $0.left > 0 }
    if try await isRefused(lines, changes, isCorrection) { return }
    if changes.isEmpty, !isCorrection {
      let answer = try await worker.plan(snapshot)
      expect(answer.problem == "422 nothing_to_pay", "nothing to pay: \(answer.text)")
      count("nothing to pay")
      wanted = [:]
      isEmpty = true
      return
    }
    let preview = try await worker.plan(snapshot, #","preview":true"#)
    expect(preview.status == 200, "preview: \(preview.text)")
    checkHead(preview, lines, changes)
    checkStakes(preview, isCorrection)
    let made = try await plan(preview["hash"] ?? "")
    checkHead(made, lines, changes)
    expect(made["hash"] == preview["hash"], "the hash of the plan is not that of the preview")
    expect(made["isCorrection"] == "\(isCorrection)", "isCorrection of \(made.text)")
    let id = made["id"] ?? ""
    let planned = try await self.lines(of: id)
    check(planned, changes)
    expect(
      preview.all("lines", "amount") == planned.prefix(100).map { "\($0.change.amount)" },
      "the first lines: \(preview.text)")
    let excluded = disabled.intersection(changes.map(\.purse.user)).count
    expect(
      isCorrection || preview["excluded"] == "\(excluded)", "\(excluded) are disabled: \(preview.text)")
    distributions.append(id)
    (wanted, isEmpty) = (lines.byPurse, false)
    count(isCorrection ? "correction" : "payout")
    try await pay(id, made["hash"] ?? "")
    try await checkSuperseded()
  }

  /// Of the first payout; those of its time hold for all that follow. Whether the budget is enough is known
  /// to who looks at the ranks.
  private func setTerms() async throws {
    model.ties = PayoutModel.Ties.allCases.randomElement(using: &random) ?? .best
    needsApproval = happens(35)
    let sums = model.lines(standings).sums
    budgets = [:]
    for type in prizes where happens(40) {
      let sum = sums[type] ?? 0
      let budget = max(1, sum + [-1, -1, 0, Int128(number(0...500))][number(0...3)])
      budgets[type] = budget > Self.most ? nil : budget
    }
    try await putTerms()
  }

  private func putTerms() async throws {
    let amounts = budgets.map { #"{"pointType":"\#($0)","amount":\#($1)}"# }.joined(separator: ",")
    let scope = happens(50) && !areTermsOfBoard ? #""pointType":"\#(ranked)""# : place
    areTermsOfBoard = areTermsOfBoard || scope == place
    let body = """
      {\(scope),"ties":"\(model.ties.rawValue)","budgets":[\(amounts)],\
      "approval":"\(needsApproval ? "other_service" : "none")"}
      """
    note(body)
    try await ask("PUT", "/points/reward-terms", body, 200)
  }

  /// Above a budget, or more than anybody can be given: nothing is planned, and nothing changes.
  private func isRefused(
    _ lines: [PayoutModel.Line], _ changes: [PayoutChange], _ isCorrection: Bool
  ) async throws -> Bool {
    let excess = lines.sums.compactMap { type, sum in
      budgets[type].flatMap { sum > $0 ? (type, sum - $0) : nil }
    }
    let isTooLarge = changes.contains { $0.amount > Int128(Int64.max) }
    guard !excess.isEmpty || isTooLarge else { return false }
    let before = try await ledger.rows.count
    let listed = "\(Self.path)?snapshotId=\(snapshot)&limit=1000"
    let payouts = try await worker.get(listed).bytes
    for more in [#","preview":true"#, ""] {
      let answer = try await worker.plan(snapshot, more)
      if excess.isEmpty {
        expect(answer.problem == "422 reward_too_large", "too large: \(answer.text)")
      } else {
        expect(answer.problem == "409 reward_budget_exceeded", "above a budget: \(answer.text)")
        let isMeant = excess.contains { $0.0 == answer["pointType"] && "\($0.1)" == answer["excess"] }
        expect(isMeant, "the excess is \(excess): \(answer.text)")
      }
    }
    try await worker.pay()
    let isSame = try await ledger.rows.count == before
    expect(isSame, "something was posted")
    let isStill = try await worker.get(listed).bytes == payouts
    expect(isStill, "something was planned")
    count(excess.isEmpty ? "too large" : "above a budget")
    note("refused")
    // What is planned for the first time may be allowed more.
    guard distributions.isEmpty, !isTooLarge, happens(70) else { return true }
    for (type, by) in excess { budgets[type, default: 0] += by }
    if budgets.values.contains(where: { $0 > Self.most }) { return true }
    try await putTerms()
    return false
  }

  private func plan(_ hash: String) async throws -> Answered {
    let expected = happens(50) ? #","hash":"\#(hash)""# : ""
    let made = try await worker.plan(snapshot, expected)
    guard made.status == 201 else { throw Unmet(what: made.text) }
    if happens(30) {
      let again = try await worker.plan(snapshot)
      expect(again.isReplay && again.bytes == made.bytes, "asked again: \(again.text)")
    }
    // Nobody has to approve of nothing.
    waits = needsApproval && made["legs"] != "0"
    expect(made["phase"] == (waits ? "waiting" : "paying"), "phase of \(made.text)")
    guard waits, happens(25) else { return made }
    let path = "\(Self.path)/\(made["id"] ?? "")/reject"
    try await ask("POST", path, #"{"reason":"once more"}"#, 200)
    let posted = try await worker.pay().postings
    expect(posted == 0, "what was rejected was posted")
    count("rejected")
    let second = try await worker.plan(snapshot)
    expect(second["id"] != made["id"] && second["hash"] == made["hash"], "planned anew: \(second.text)")
    return second
  }

  // MARK: Paying

  private func pay(_ id: String, _ hash: String) async throws {
    let users = Set(try await lines(of: id).map(\.change.purse.user)).sorted()
    for user in users.shuffled(using: &random).prefix(happens(30) ? 2 : 0) where !disabled.contains(user) {
      try await worker.setEnabled(false, user)
      disabled.insert(user)
    }
    if waits {
      let early = try await worker.pay().postings
      expect(early == 0, "what waits was posted")
      let (path, approval) = ("\(Self.path)/\(id)/approve", #"{"hash":"\#(hash)"}"#)
      let own = try await worker.send("POST", path, approval, as: .payouts)
      expect(own.problem == "403 own_plan", "approved by whoever planned it: \(own.text)")
      try await ask("POST", path, approval, 200)
      count("approved")
    }
    try await worker.pay()
    try await checkPaid(id)
    while happens(45), faults.isEmpty {
      if try await checkRetry(id) { break }
    }
  }

  /// Whether nothing is left to be tried.
  private func checkRetry(_ id: String) async throws -> Bool {
    let before = try await outstanding(of: id)
    for user in disabled.sorted() where happens(60) {
      try await worker.setEnabled(true, user)
      disabled.remove(user)
    }
    for line in before where happens(40) && !disabled.contains(line.change.purse.user) {
      guard line.change.takesBack != nil else { continue }
      let legs = [
        try await leg(.credit(Int64(number(1...80))), line.change.purse.user, line.change.purse.type)
      ]
      try await worker.post(legs)
    }
    let retried = try await worker.send("POST", "\(Self.path)/\(id)/retry")
    guard !before.isEmpty else {
      expect(retried.problem == "409 nothing_outstanding", "nothing to be tried: \(retried.text)")
      return true
    }
    expect(retried.status == 200 && retried["phase"] == "paying", "tried again: \(retried.text)")
    try await worker.pay()
    count("tried again")
    try await checkPaid(id)
    return false
  }

  /// Of those before the last nothing is tried any more.
  private func checkSuperseded() async throws {
    guard distributions.count > 1, let last = distributions.last else { return }
    let before = distributions[distributions.count - 2]
    let answer = try await worker.send("POST", "\(Self.path)/\(before)/retry")
    expect(
      answer.problem == "409 distribution_superseded" && answer["distributionId"] == last,
      "an earlier one was tried again: \(answer.text)")
  }
}

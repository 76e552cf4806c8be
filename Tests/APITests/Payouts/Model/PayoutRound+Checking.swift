// What is read of a payout, and held against the model and the ledger.
import TestSupport

@testable import API

extension PayoutRound {
  struct ReadLine {
    let change: PayoutChange
    let state: String
    let transaction: String?
    let refusal: String?
    /// Of those that did not take effect, or not wholly.
    let outstanding: Int128
    let leg: String
  }

  private static let path = ReadRoutesUnderTest.payouts

  func lines(of id: String) async throws -> [ReadLine] {
    try await read("\(Self.path)/\(id)/transactions?limit=\([7, 400, 1_000][number(0...2)])")
  }

  func outstanding(of id: String) async throws -> [ReadLine] {
    try await read(
      "\(Self.path)/\(id)/transactions?outstanding=true&limit=\([1, 50, 1_000][number(0...2)])")
  }

  private func read(_ target: String) async throws -> [ReadLine] {
    var (lines, cursor): ([ReadLine], String) = ([], "")
    while true {
      let page = try await worker.get(target + cursor)
      guard page.status == 200 else { throw Unmet(what: page.text) }
      for index in 0..<page.count("lines") { lines.append(Self.line(page, "lines.\(index)")) }
      guard let next = page["nextCursor"], next != "null" else { return lines }
      cursor = "&cursor=\(next)"
    }
  }

  private static func line(_ page: Answered, _ line: String) -> ReadLine {
    func text(_ member: String) -> String? { page["\(line).\(member)"].flatMap { $0 == "null" ? nil : $0 } }
    let change = PayoutChange(
      purse: Purse(user: text("userId") ?? "", type: text("pointType") ?? ""),
      amount: Int128(text("amount") ?? "") ?? 0, rule: text("ruleId"), takesBack: text("takesBack"),
      place: text("place").flatMap { Int($0) }, rank: text("rank").flatMap { Int($0) })
    return ReadLine(
      change: change, state: text("state") ?? "", transaction: text("transactionId"),
      refusal: text("refusal"), outstanding: Int128(text("outstanding") ?? "") ?? 0, leg: text("leg") ?? "")
  }

  // MARK: The plan

  /// A preview, or a payout.
  func checkHead(_ answer: Answered, _ lines: [PayoutModel.Line], _ changes: [PayoutChange]) {
    let tied = model.tied(standings)
    expect(answer["legs"] == "\(changes.count)", "\(changes.count) lines: \(answer.text)")
    expect(answer["winners"] == "\(Set(lines.map(\.standing.user)).count)", "winners: \(answer.text)")
    expect(
      answer["tiedScores"] == "\(tied.scores)" && answer["tiedUsers"] == "\(tied.users)",
      "\(tied) are tied: \(answer.text)")
    var (given, taken): ([String: Int128], [String: Int128]) = ([:], [:])
    for change in changes {
      if change.takesBack == nil { given[change.purse.type, default: 0] += change.amount }
      if change.takesBack != nil { taken[change.purse.type, default: 0] += change.amount }
    }
    let types = Set(given.keys).union(taken.keys).union(budgets.keys)
    expect(Set(answer.all("sums", "pointType")) == Set(types), "sums of \(types): \(answer.text)")
    for index in 0..<answer.count("sums") {
      let type = answer["sums.\(index).pointType"] ?? ""
      let found = ["given", "taken", "budget"].map { answer["sums.\(index).\($0)"] ?? "" }
      let expected = ["\(given[type] ?? 0)", "\(taken[type] ?? 0)", budgets[type].map { "\($0)" } ?? "null"]
      expect(found == expected, "sums of \(type): \(found) for \(expected)")
      if let budget = budgets[type] { expect((given[type] ?? 0) <= budget, "above the budget of \(type)") }
    }
  }

  /// What is split, or given to the earliest, is all that there is to be won, and no more.
  func checkStakes(_ preview: Answered, _ isCorrection: Bool) {
    guard !isCorrection, model.ties != .best else { return }
    let stakes = model.stakes(standings)
    for index in 0..<preview.count("sums") {
      let type = preview["sums.\(index).pointType"] ?? ""
      let given = preview["sums.\(index).given"]
      expect(given == "\(stakes[type] ?? 0)", "\(stakes) are to be won: \(preview.text)")
    }
    count("conserved")
  }

  func check(_ lines: [ReadLine], _ changes: [PayoutChange]) {
    func counted(_ changes: [PayoutChange]) -> [PayoutChange: Int] {
      changes.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    let (found, expected) = (counted(lines.map(\.change)), counted(changes))
    let wrong = found.keys.filter { found[$0] != expected[$0] }
    let missing = expected.keys.filter { found[$0] != expected[$0] }
    expect(wrong.isEmpty && missing.isEmpty, "planned \(wrong.prefix(3)) for \(missing.prefix(3))")
    expect(lines.map(\.leg) == (0..<lines.count).map { "\($0 + 1)" }, "lines are numbered from 1")
    let places = lines.filter { $0.change.takesBack == nil }.map { $0.change.place ?? 0 }
    expect(places == places.sorted(), "lines in the order of the board")
    expect(lines.allSatisfy { $0.state == "waiting" }, "a line is not waiting")
  }

  // MARK: What came of it

  /// Each line has its transaction, or says why not, and there is none besides.
  func checkPaid(_ id: String) async throws {
    let head = try await worker.get("\(Self.path)/\(id)")
    let (lines, left) = (try await lines(of: id), try await outstanding(of: id))
    let ledger = try await PayoutLedger.read(of: name, worker.pool)
    expect(head["phase"] == "paid" && head["status"] == "completed", "not paid: \(head.text)")
    let refused = lines.filter { $0.state == "refused" }
    expect(head["refused"] == "\(refused.count)", "\(refused.count) refused: \(head.text)")
    expect(head["credited"] == "\(lines.count - refused.count)", "\(refused.count) refused: \(head.text)")
    expect(lines.allSatisfy { ["posted", "refused"].contains($0.state) }, "a line waits")
    for line in refused { checkRefusal(line) }
    expect(ledger.faults.isEmpty, "\(ledger.faults.prefix(3))")

    let rows = ledger.rows(of: id)
    let byID = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0) })
    let posted = lines.filter { $0.change.takesBack == nil && $0.state == "posted" }
    expect(Set(posted.map(\.transaction)).count == posted.count, "two lines of one transaction")
    expect(rows.count { $0.kind == "distribution" } == posted.count, "not one transaction for each line")
    for line in posted {
      let row = line.transaction.flatMap { byID[$0] }
      expect(
        row?.purse == line.change.purse && row.map { Int128($0.amount) } == line.change.amount
          && row?.kind == "distribution" && row?.isCredit == true,
        "\(line.change) became \(String(describing: row))")
    }
    let missing = Dictionary(uniqueKeysWithValues: left.map { ($0.leg, $0) })
    var taken = rows.filter { $0.kind == "reversal" }
    for line in lines where line.change.takesBack != nil {
      let parts = taken.filter { $0.reverses == line.change.takesBack }
      taken.removeAll { $0.reverses == line.change.takesBack }
      let sum = parts.reduce(Int128(0)) { $0 + Int128($1.amount) }
      let rest = missing[line.leg]?.outstanding ?? 0
      expect(sum + rest == line.change.amount, "\(line.change): \(sum) taken, \(rest) outstanding")
      // What can be spent is taken.
      guard rest > 0, !disabled.contains(line.change.purse.user) else { continue }
      expect(ledger.balance(line.change.purse) == 0, "\(line.change): \(rest) is left where there is more")
      count("spent")
    }
    expect(taken.isEmpty, "taken back besides: \(taken.prefix(3))")
    for line in lines where line.change.takesBack == nil {
      let rest = missing[line.leg]?.outstanding ?? 0
      expect(rest == (line.state == "posted" ? 0 : line.change.amount), "\(line.change): \(rest) outstanding")
    }
    expect(missing.keys.allSatisfy { leg in lines.contains { $0.leg == leg } }, "outstanding, and no line")
  }

  private func checkRefusal(_ line: ReadLine) {
    count("refused \(line.refusal ?? "for nothing")")
    switch line.refusal {
    case "user_disabled": expect(disabled.contains(line.change.purse.user), "\(line.change) is not disabled")
    case "overflow":
      expect(full.contains(line.change.purse) || line.change.amount > 1_000_000, "\(line.change) is not full")
    case "insufficient_balance": expect(line.change.takesBack != nil, "\(line.change) is not to be had")
    case _: expect(false, "\(line.change): \(line.refusal ?? "refused for nothing")")
    }
  }

  /// What was given, and what is still to be given or taken back, is what a clean run would have given.
  func checkNet() async throws {
    let ledger = try await PayoutLedger.read(of: name, worker.pool)
    expect(ledger.faults.isEmpty, "\(ledger.faults.prefix(3))")
    var net: [Purse: Int128] = [:]
    for credit in ledger.credits(of: distributions) { net[credit.purse, default: 0] += credit.left }
    if !isEmpty, let last = distributions.last {
      for line in try await outstanding(of: last) {
        net[line.change.purse, default: 0] += line.outstanding * (line.change.takesBack == nil ? 1 : -1)
      }
    }
    let others = ledger.rows.filter { row in
      ["distribution", "reversal"].contains(row.kind) && !distributions.contains(row.relatedTo ?? "")
    }
    expect(others.isEmpty, "of no payout: \(others.prefix(3))")
    for purse in Set(net.keys).union(wanted.keys) where net[purse] ?? 0 != wanted[purse] ?? 0 {
      expect(false, "\(purse) has \(net[purse] ?? 0), and \(wanted[purse] ?? 0) in a clean run")
    }
  }
}

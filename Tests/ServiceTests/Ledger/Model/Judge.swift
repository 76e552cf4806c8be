// Compares what callers were told, round by round, with the model. What ran at the same time may have
// happened in any order; but there must be one order in which everything that was told is true.
import Testing

struct Judge {
  private(set) var model = LedgerModel()
  private(set) var remembered: [RequestName: (planned: PlannedPosting, story: String)] = [:]
  /// What was found wrong; the first few tell the most.
  private(set) var findings: [String] = []
  private(set) var tally: [String: Int] = [:]

  /// The versions of all accounts before a round.
  struct Start {
    let versions: [AccountName: Int]
    let shown: [AccountName: Int]
  }

  var start: Start {
    Start(versions: model.accounts.mapValues(\.version), shown: model.accounts.mapValues(\.shown))
  }

  mutating func judge(_ round: [Told], since start: Start) {
    judgeNames(in: round)
    apply(round.filter { $0.isDecision && $0.status == 201 })
    for told in round where told.isDecision && told.status != 201 {
      judgeRefusal(told, since: start)
    }
    for told in round where told.isProjected {
      for transaction in told.transactions {
        guard let account = transaction.account, let version = transaction["version"].integer else {
          continue
        }
        model.noteShown(account, Int(version))
      }
    }
    for told in round { tally[told.isReplay ? "replayed" : told.code ?? "\(told.status)", default: 0] += 1 }
  }

  private mutating func find(_ finding: String) {
    findings.append(finding)
  }

  // MARK: Names

  /// A name is decided on once, for ever; whoever asks again is told the same, and another request is
  /// refused.
  private mutating func judgeNames(in round: [Told]) {
    for told in round where told.isDecision {
      guard let request = told.planned.request else { continue }
      if let first = remembered[request] {
        find("decided twice: \(told.described), first \(first.story)")
      }
      remembered[request] = (told.planned, told.story)
    }
    for told in round where !told.isDecision {
      guard let request = told.planned.request, let first = remembered[request] else {
        find("neither decided nor decided before: \(told.described)")
        continue
      }
      let differences = told.planned.differences(from: first.planned)
      switch told.code {
      case "duplicate_transaction":
        let field = told.problem["field"].text ?? ""
        if !differences.contains(field) { find("differs in \(differences): \(told.described)") }
      case "request_in_flight":
        // A twin was still at work when it asked; it may ask again.
        break
      case _:
        if !told.isReplay || !differences.isEmpty { find("no repetition: \(told.described)") }
        if told.story != first.story { find("told \(first.story) at first, and now \(told.described)") }
      }
    }
  }

  // MARK: Acceptances

  /// Puts everything accepted in an order in which each begins where the ones before it ended.
  private mutating func apply(_ accepted: [Told]) {
    var waiting = model.order(of: accepted) ?? accepted
    while let next = waiting.firstIndex(where: model.isNext) {
      apply(waiting.remove(at: next))
    }
    for told in waiting {
      find("there is no order in which this happened: \(told.described)")
    }
  }

  private mutating func apply(_ told: Told) {
    let decision = model.decision(on: told)
    guard case .accepted(let changes, let remaining) = decision else {
      find("should have been \(decision): \(told.described)")
      return
    }
    guard changes.count == told.transactions.count, remaining == told.remaining else {
      find("should have moved \(changes) and left \(remaining ?? -1): \(told.described)")
      return
    }
    compare(told, with: model.accept(changes, as: told))
  }

  private mutating func compare(_ told: Told, with changes: [LedgerModel.Change]) {
    for (index, (transaction, change)) in zip(told.transactions, changes).enumerated() {
      guard let entry = model.entries[change.id] else { continue }
      for difference in transaction.differences(from: entry, in: model.history(of: entry.account)) {
        find("\(difference): \(told.described)")
      }
      guard told.planned.legs.indices.contains(index) else { continue }
      let leg = told.planned.legs[index]
      if transaction["reason"].text != leg.reason
        || transaction["metadata"].canonical != leg.metadata ?? "null"
      {
        find("texts differ: \(told.described)")
      }
    }
    var last: [AccountName: LedgerModel.Entry] = [:]
    for change in changes { last[change.account] = model.entries[change.id] }
    if told.balances.count != last.count { find("balances of \(last.count): \(told.described)") }
    for balance in told.balances {
      guard let account = balance.account, let entry = last[account] else {
        find("the balance of another: \(told.described)")
        continue
      }
      let state = model.history(of: account).states[entry.version]
      for difference in balance.differences(from: state, at: entry.version) {
        find("\(difference): \(told.described)")
      }
    }
  }

  // MARK: Refusals

  /// There must have been a moment since the start of the round at which the refusal was right.
  private mutating func judgeRefusal(_ told: Told, since start: Start) {
    let accounts = Array(model.accounts(of: told.planned))
    var moments: [[AccountName: LedgerModel.State]] = [[:]]
    for account in accounts {
      let history = model.history(of: account)
      let states = history.states[(start.versions[account] ?? 0)...]
      moments = moments.flatMap { moment in states.map { moment.merging([account: $0]) { $1 } } }
    }
    let isRight = moments.contains { moment in
      guard case .refused(let code, let figures, let figure, let leg) = model.decide(told.planned, on: moment)
      else { return false }
      return code == told.code && figure == told.problem["figure"].text
        && figures.allSatisfy { told.problem[$0.key].integer == $0.value }
        && told.problem["leg"].integer ?? 0 == Int64(leg)
    }
    if !isRight { find("never right in this round: \(told.described)") }
  }

  // MARK: Reading

  /// A balance that was read during a round.
  mutating func judge(
    balance answer: Answer, of account: AccountName, since start: Start, isLedger: Bool
  ) {
    let history = model.history(of: account)
    let least = (isLedger ? start.versions : start.shown)[account] ?? 0
    guard answer.status == 200, let version = answer.json["version"].integer.map(Int.init),
      (least...history.version).contains(version)
    else {
      find("not between \(least) and \(history.version): \(answer.body)")
      return
    }
    for difference in answer.json.differences(from: history.states[version], at: version) {
      find("\(difference): \(answer.body)")
    }
  }
}

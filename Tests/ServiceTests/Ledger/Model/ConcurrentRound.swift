// One round: every connection carries one request, all are sent before the first answer is read.

struct ConcurrentRound {
  private enum Asked {
    case posting(PlannedPosting)
    case batch([PlannedPosting])
    case balance(AccountName, isLedger: Bool)
  }

  let key: String
  let other: String

  mutating func run(on callers: [Caller], draw: inout PostingDraw, judge: inout Judge) throws {
    let start = judge.start
    var asked: [Asked] = []
    for caller in callers {
      let next = ask(&draw, judge.model)
      try caller.send(call(next, start).bytes)
      asked.append(next)
    }
    let answers = try callers.map { try $0.answer() }
    var round: [Told] = []
    for (asked, answer) in zip(asked, answers) {
      switch asked {
      case .posting(let planned): round.append(Told(planned, answer))
      case .batch(let items):
        let results = answer.json["results"].list
        guard results.count == items.count else { throw CallError.malformed(answer.body) }
        round += zip(items, results).map { Told($0, result: $1) }
      case .balance: break
      }
    }
    judge.judge(round, since: start)
    for (asked, answer) in zip(asked, answers) {
      guard case .balance(let account, let isLedger) = asked else { continue }
      judge.judge(balance: answer, of: account, since: start, isLedger: isLedger)
    }
  }

  private func ask(_ draw: inout PostingDraw, _ model: LedgerModel) -> Asked {
    if draw.chance(10) { return .batch(draw.batch(model)) }
    if draw.chance(15) { return .balance(draw.account(), isLedger: draw.chance(30)) }
    return .posting(draw.next(model))
  }

  private func call(_ asked: Asked, _ start: Judge.Start) -> Call {
    switch asked {
    case .posting(let planned):
      let (target, body) = planned.wire
      return .post(target, body, as: planned.isOther ? other : key, once: planned.name)
    case .batch(let items):
      let list = items.map(\.batchItem).joined(separator: ",")
      return .post("/points/postings/batch", #"{"postings":[\#(list)]}"#, as: key)
    case .balance(let account, let isLedger):
      let target = "/points/balance?userId=\(account.userID.percentEncoded)&pointType=\(account.type)"
      return .get(target + (isLedger ? "&consistency=ledger" : ""), as: key)
    }
  }
}

// In which order the postings of a round can have happened. The versions in an answer tell when it changed
// an account. They do not tell when it left one alone: a partial reversal passes over an account with nothing
// to take, and whoever gives that account something at the same time must then have come later.

extension LedgerModel {
  /// An order in which every answer is right, or nil if there is none.
  func order(of accepted: [Told]) -> [Told]? {
    // What changes all its accounts stands in the order of its versions, and hears of nothing else.
    let leftAlone = accepted.map { accountsLeftAlone(by: $0) }
    guard leftAlone.contains(where: { !$0.isEmpty }) else { return accepted }
    // The time is taken under the locks, so this order is nearly always right.
    let byTime = accepted.indices.sorted { accepted[$0].time < accepted[$1].time }
    var search = Search(accepted: byTime.map { accepted[$0] }, leftAlone: byTime.map { leftAlone[$0] })
    return search.order(from: self, done: [])
  }

  private struct Search {
    let accepted: [Told]
    let leftAlone: [Set<AccountName>]
    /// After the same postings the model is the same in whichever order they came: a set that leads nowhere
    /// is tried once.
    var blindAlleys: Set<Set<Int>> = []

    mutating func order(from model: LedgerModel, done: Set<Int>) -> [Told]? {
      if done.count == accepted.count { return [] }
      if blindAlleys.contains(done) { return nil }
      let waiting = accepted.indices.filter { !done.contains($0) }
      for index in waiting where model.isNext(accepted[index]) {
        guard let after = model.after(accepted[index]) else { continue }
        if let rest = order(from: after, done: done.union([index])) { return [accepted[index]] + rest }
        // Where nobody hears of it, it may as well come first: nothing else helps either.
        if !isHeard(accepted[index], by: waiting) { break }
      }
      blindAlleys.insert(done)
      return nil
    }

    /// Whether it changes an account that one of them leaves alone.
    private func isHeard(_ told: Told, by waiting: [Int]) -> Bool {
      let changed = Set(told.transactions.compactMap(\.account))
      return waiting.contains { !leftAlone[$0].isDisjoint(with: changed) }
    }
  }

  /// Whether its versions follow on what the accounts have.
  func isNext(_ told: Told) -> Bool {
    var versions: [AccountName: Int] = [:]
    return !told.transactions.isEmpty
      && told.transactions.allSatisfy { transaction in
        guard let account = transaction.account else { return false }
        let version = (versions[account] ?? history(of: account).version) + 1
        versions[account] = version
        return transaction["version"].integer == Int64(version)
      }
  }

  /// What the model makes of what a caller asked for, as things stand.
  func decision(on told: Told) -> Decision {
    var states: [AccountName: State] = [:]
    for account in accounts(of: told.planned) { states[account] = history(of: account).last }
    return decide(told.planned, on: states)
  }

  /// Takes over what was decided, under the ids that the answer has.
  mutating func accept(_ changes: [Change], as told: Told) -> [Change] {
    var named = changes
    for (index, transaction) in told.transactions.enumerated() {
      named[index].id = transaction["id"].text ?? ""
    }
    accept(
      named, posting: told.transactions[0]["postingId"].text ?? "",
      createdAt: told.transactions.map { $0["createdAt"].text ?? "" })
    return named
  }

  fileprivate func accountsLeftAlone(by told: Told) -> Set<AccountName> {
    accounts(of: told.planned).subtracting(told.transactions.compactMap(\.account))
  }

  /// The model after a posting, or nil if it would decide otherwise than the caller was told.
  fileprivate func after(_ told: Told) -> LedgerModel? {
    guard case .accepted(let changes, let remaining) = decision(on: told),
      changes.map(\.account) == told.transactions.map(\.account),
      changes.map(\.amount) == told.transactions.map({ $0["amount"].integer }),
      remaining == told.remaining
    else { return nil }
    var after = self
    _ = after.accept(changes, as: told)
    return after
  }
}

extension Told {
  /// When it was decided, as text that sorts.
  fileprivate var time: String { transactions.first?["createdAt"].text ?? "" }
}

// In which order the postings of a round can have happened. The versions in an answer tell when it changed
// an account. They do not tell when it left one alone: a partial reversal passes over an account with nothing
// to take, and whoever gives that account something at the same time must then have come later.

extension LedgerModel {
  /// An order in which every answer is right, or nil if there is none.
  func order(of accepted: [Told]) -> [Told]? {
    // What changes all its accounts stands in the order of its versions, and hears of nothing else.
    guard accepted.contains(where: { !accountsLeftAlone(by: $0).isEmpty }) else { return accepted }
    var blindAlleys: Set<Set<Int>> = []
    return order(of: accepted, done: [], &blindAlleys)?.map { accepted[$0] }
  }

  /// After the same postings the model is the same in whichever order they came: a set that leads nowhere
  /// is tried once.
  private func order(of accepted: [Told], done: Set<Int>, _ blindAlleys: inout Set<Set<Int>>) -> [Int]? {
    if done.count == accepted.count { return [] }
    if blindAlleys.contains(done) { return nil }
    for index in accepted.indices where !done.contains(index) && isNext(accepted[index]) {
      guard let after = self.after(accepted[index]) else { continue }
      if let rest = after.order(of: accepted, done: done.union([index]), &blindAlleys) {
        return [index] + rest
      }
    }
    blindAlleys.insert(done)
    return nil
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

  private func accountsLeftAlone(by told: Told) -> Set<AccountName> {
    accounts(of: told.planned).subtracting(told.transactions.compactMap(\.account))
  }

  /// The model after a posting, or nil if it would decide otherwise than the caller was told.
  private func after(_ told: Told) -> LedgerModel? {
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

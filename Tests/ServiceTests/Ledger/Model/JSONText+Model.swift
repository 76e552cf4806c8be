// How answers are compared with the model.

extension JSONText {
  /// Of whatever names a user and a point type.
  var account: AccountName? {
    guard let user = self["userId"].text, let type = self["pointType"].text else { return nil }
    return AccountName(user, type)
  }

  /// In which figures a transaction is not the entry.
  func differences(from entry: LedgerModel.Entry, in history: LedgerModel.History) -> [String] {
    let (before, after) = (history.states[entry.version - 1], history.states[entry.version])
    let isLater = before.lastAt.map { $0 <= entry.createdAt } ?? true
    return [
      ("id", self["id"].text == entry.id), ("posting", self["postingId"].text == entry.posting),
      ("account", account == entry.account), ("version", self["version"].integer == Int64(entry.version)),
      ("type", self["type"].text == (entry.isCredit ? "credit" : "debit")),
      ("amount", self["amount"].integer == entry.amount), ("kind", self["kind"].text == entry.kind),
      ("reverses", self["reverses"].text == entry.reverses),
      ("before", self["before"].digits == "\(before.balance)"),
      ("after", self["after"].digits == "\(after.balance)"),
      ("totalEarned", self["totalEarned"].digits == "\(after.earned)"),
      ("totalSpent", self["totalSpent"].digits == "\(after.spent)"),
      ("createdAt", self["createdAt"].text == entry.createdAt && isLater),
    ].filter { !$0.1 }.map(\.0)
  }

  /// In which figures a balance is not the state after so many transactions.
  func differences(from state: LedgerModel.State, at version: Int) -> [String] {
    var figures = [
      ("balance", self["balance"].digits == "\(state.balance)"),
      ("totalEarned", self["totalEarned"].digits == "\(state.earned)"),
      ("totalSpent", self["totalSpent"].digits == "\(state.spent)"),
      ("transactionCount", self["transactionCount"].digits == "\(version)"),
      ("version", self["version"].digits == "\(version)"),
    ]
    if !self["source"].isNull {
      figures += [
        ("available", self["available"].digits == "\(state.balance)"), ("held", self["held"].digits == "0"),
        ("lastTransactionAt", self["lastTransactionAt"].text == state.lastAt),
      ]
    }
    return figures.filter { !$0.1 }.map(\.0)
  }
}

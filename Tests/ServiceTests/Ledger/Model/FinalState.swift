// What a process shows when nothing is under way, compared with the model: every balance, every history, and
// both boards from all sides.

struct FinalState {
  private let model: LedgerModel
  private let key: String
  private let caller: Caller
  private var found: [String] = []

  init(_ model: LedgerModel, _ key: String, port: UInt16) throws {
    self.model = model
    self.key = key
    caller = try Caller(port: port)
  }

  /// Everything in which the process differs from the model.
  func differences() throws -> [String] {
    var checking = self
    try checking.checkBalances()
    for account in model.accounts.keys { try checking.checkHistory(of: account) }
    for type in PostingDraw.types {
      for board in ["balance", "earned"] { try checking.checkBoard(BoardModel(model, type, board)) }
    }
    return checking.found
  }

  private mutating func expect(_ holds: Bool, _ what: String) {
    if !holds { found.append(what) }
  }

  private func get(_ target: String) throws -> JSONText {
    try caller.ask(.get("/points/\(target)", as: key)).json
  }

  private mutating func checkBalances() throws {
    let accounts = Array(model.accounts.keys)
    let list = accounts.map { #"{"userId":\#($0.userID.quoted),"pointType":"\#($0.type)"}"# }
    let answer = try caller.ask(
      .post("/points/balances", #"{"accounts":[\#(list.joined(separator: ","))]}"#, as: key)
    ).json["balances"].list
    expect(answer.count == accounts.count, "balances of \(accounts.count)")
    for (account, together) in zip(accounts, answer) {
      let history = model.history(of: account)
      let query = "balance?userId=\(account.userID.percentEncoded)&pointType=\(account.type)"
      for balance in [together, try get(query), try get(query + "&consistency=ledger")] {
        expect(balance.account == account, "the account of \(balance.canonical)")
        let differences = balance.differences(from: history.last, at: history.version)
        expect(differences == [], "\(differences) of \(balance.canonical)")
      }
      expect(together["source"].text == "redis", "from Redis: \(together.canonical)")
    }
  }

  private mutating func checkHistory(of account: AccountName) throws {
    let history = model.history(of: account)
    var (entries, cursor) = (history.entries.reversed()[...], "")
    repeat {
      let page = try get(
        "history?userId=\(account.userID.percentEncoded)&pointType=\(account.type)&limit=7\(cursor)")
      for transaction in page["transactions"].list {
        guard let entry = entries.popFirst() else {
          found.append("more history than there is: \(transaction.canonical)")
          return
        }
        let differences = transaction.differences(from: entry, in: history)
        expect(differences == [], "\(differences) of \(transaction.canonical)")
      }
      cursor = page["nextCursor"].text.map { "&cursor=\($0)" } ?? ""
    } while !cursor.isEmpty
    expect(entries.isEmpty, "\(entries.count) missing in the history of \(account)")
  }

  // MARK: Boards

  private mutating func checkBoard(_ board: BoardModel) throws {
    let query = "pointType=\(board.type)&board=\(board.name)"
    for (offset, limit) in [(0, 1000), (1, 3), (board.members.count - 1, 2), (board.members.count, 5)]
    where offset >= 0 {
      let page = try get("leaderboard?\(query)&offset=\(offset)&limit=\(limit)")
      expect(page["source"].text == "redis", "\(query) from Redis")
      expect(page["members"].integer == Int64(board.members.count), "members of \(query)")
      let expected = Array(board.rows.dropFirst(offset).prefix(limit))
      expect(page["entries"].list.map(\.boardRow) == expected, "\(query) from \(offset): \(page.canonical)")
      expect(page["statistics"].statisticsRow == board.statistics, "statistics: \(page.canonical)")
    }
    for (place, member) in board.members.enumerated() {
      let rank = try get("leaderboard/rank?\(query)&userId=\(member.account.userID.percentEncoded)")
      expect(rank.boardRow == board.rows[place], "rank: \(rank.canonical)")
      expect(rank["percentile"].hundredths == board.percentile(at: place), "percentile: \(rank.canonical)")
      let missing = board.missing(at: place)
      expect(rank["missing"].digits == missing.map { "\($0)" }, "missing \(missing ?? 0): \(rank.canonical)")
      let around = try get(
        "leaderboard/around?\(query)&count=3&userId=\(member.account.userID.percentEncoded)")
      expect(around["entries"].list.map(\.boardRow) == board.around(place, 3), "around: \(around.canonical)")
    }
    let users = PostingDraw.users.map(\.quoted).joined(separator: ",")
    let chosen = try caller.ask(
      .post(
        "/points/leaderboard/users",
        #"{"userIds":[\#(users)],"pointType":"\#(board.type)","board":"\#(board.name)"}"#, as: key)
    ).json
    expect(chosen["entries"].list.map(\.boardRow) == board.rows, "users: \(chosen.canonical)")
    expect(
      chosen["unranked"].list.count == PostingDraw.users.count - board.members.count,
      "unranked: \(chosen.canonical)")
  }
}

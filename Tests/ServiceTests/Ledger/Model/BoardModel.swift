// A board worked out from the model by sorting everything.

struct BoardModel {
  struct Member {
    let account: AccountName
    let score: Int128
    let reachedAt: String
  }

  let type: String
  let name: String
  let members: [Member]

  init(_ model: LedgerModel, _ type: String, _ name: String) {
    self.type = type
    self.name = name
    members = model.accounts.compactMap { account, history -> Member? in
      let state = history.last
      let reachedAt = name == "balance" ? state.lastAt : state.earnedAt
      guard account.type == type, let reachedAt else { return nil }
      return Member(
        account: account, score: name == "balance" ? state.balance : state.earned, reachedAt: reachedAt)
    }.sorted { one, other in
      if one.score != other.score { return one.score > other.score }
      if one.reachedAt != other.reachedAt { return one.reachedAt < other.reachedAt }
      return one.account.user.lexicographicallyPrecedes(other.account.user)
    }
  }

  /// Each as a text: rank, user, score and when.
  var rows: [String] {
    members.map { "\(rank(of: $0)) \($0.account.user) \($0.score) \($0.reachedAt)" }
  }

  private func rank(of member: Member) -> Int { 1 + members.count { $0.score > member.score } }

  /// Rounded down.
  func percentile(at place: Int) -> Int128 {
    Int128((members.count - rank(of: members[place]) + 1) * 10_000 / members.count)
  }

  func missing(at place: Int) -> Int128? {
    members.map(\.score).filter { $0 > members[place].score }.min().map { $0 - members[place].score }
  }

  /// As many before the place as behind it, unless the board ends.
  func around(_ place: Int, _ count: Int) -> [String] {
    let begin = max(0, min(place - count / 2, members.count - count))
    return Array(rows.dropFirst(begin).prefix(count))
  }

  /// Sum, and average and median in hundredths, rounded to the nearest.
  var statistics: [Int128]? {
    guard !members.isEmpty else { return nil }
    let scores = members.map(\.score)
    let sum = scores.reduce(0, +)
    let count = Int128(scores.count)
    let middle = scores[(scores.count - 1) / 2] + scores[scores.count / 2]
    return [sum, (sum * 200 + count) / (2 * count), middle * 50]
  }
}

extension JSONText {
  var boardRow: String {
    let user = Array((self["userId"].text ?? "").utf8)
    return
      "\(self["rank"].digits ?? "") \(user) \(self["score"].digits ?? "") \(self["reachedAt"].text ?? "")"
  }

  var statisticsRow: [Int128]? {
    guard let sum = self["sum"].digits.flatMap({ Int128($0) }), let average = self["average"].hundredths,
      let median = self["median"].hundredths
    else { return nil }
    return [sum, average, median]
  }

  /// A number with at most two decimals.
  var hundredths: Int128? {
    let parts = (digits ?? "").split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = Int128(parts[0]) else { return nil }
    let decimals =
      parts.count == 2 ? parts[1] + String(repeating: "0", count: max(0, 2 - parts[1].count)) : "00"
    guard decimals.count == 2, let part = Int128(decimals) else { return nil }
    return whole * 100 + part
  }
}

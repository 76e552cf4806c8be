// What a payout must come to: the tables of docs/payouts.md, place by place and as slowly as one likes. It
// shares nothing with what works payouts out.

/// Ranks and rules of one board.
struct PayoutModel {
  enum Style: String, CaseIterable { case competition, dense, ordinal }
  enum Ties: String, CaseIterable { case best, split, earliest }

  /// Shares are in hundredths of a percent.
  enum Reach {
    case ranks(Int, Int)
    case share(above: Int, top: Int)
  }

  struct Rule {
    let id: String
    let reach: Reach
    let prizes: [String: Int128]
  }

  struct Score: Hashable {
    let user: String
    var score: Int64
    /// In microseconds.
    var reachedAt: Int64
  }

  struct Standing: Equatable {
    let user: String
    let place: Int
    let rank: Int
    let score: Int64
  }

  struct Line {
    let standing: Standing
    let rule: String
    let type: String
    let amount: Int128
  }

  var style = Style.competition
  var isAscending = false
  var ties = Ties.best
  /// Those that count; ranks before shares, the best first.
  var rules: [Rule] = []

  // MARK: Ranks

  func ranked(_ scores: some Collection<Score>) -> [Standing] {
    let sorted = scores.sorted { one, other in
      if one.score != other.score { return (one.score < other.score) == isAscending }
      if one.reachedAt != other.reachedAt { return one.reachedAt < other.reachedAt }
      return Array(one.user.utf8).lexicographicallyPrecedes(Array(other.user.utf8))
    }
    return sorted.enumerated().map { index, one in
      let better = sorted.filter { isAscending ? $0.score < one.score : $0.score > one.score }
      let rank =
        switch style {
        case .competition: better.count + 1
        case .dense: Set(better.map(\.score)).count + 1
        case .ordinal: index + 1
        }
      return Standing(user: one.user, place: index + 1, rank: rank, score: one.score)
    }
  }

  // MARK: Prizes

  /// What each of these is given if nobody was given anything yet.
  func lines(_ standings: [Standing]) -> [Line] {
    var lines: [Line] = []
    for rank in Set(standings.map(\.rank)).sorted() {
      let equals = standings.filter { $0.rank == rank }
      switch ties {
      case .best:
        let prizes = prizes(rank: rank) + prizes(place: equals[0].place, of: standings.count)
        for one in equals { lines += prizes.map { one.line($0) } }
      case .earliest:
        for (one, prizes) in zip(equals, own(equals, of: standings.count)) {
          lines += prizes.map { one.line($0) }
        }
      case .split:
        lines += parts(of: own(equals, of: standings.count).flatMap(\.self), among: equals)
      }
    }
    return lines
  }

  typealias Prize = (rule: String, type: String, amount: Int128)

  private func prizes(rank: Int) -> [Prize] {
    rules.flatMap { rule -> [Prize] in
      guard case .ranks(let first, let last) = rule.reach, first <= rank, rank <= last else { return [] }
      return rule.given
    }
  }

  private func prizes(place: Int, of count: Int) -> [Prize] {
    rules.flatMap { rule -> [Prize] in
      guard case .share(let above, let top) = rule.reach, Self.places(above, of: count) < place,
        place <= Self.places(top, of: count)
      else { return [] }
      return rule.given
    }
  }

  /// The first place behind which there is less than the share.
  private static func places(_ share: Int, of count: Int) -> Int {
    var places = 0
    while places * 10_000 < share * count { places += 1 }
    return places
  }

  /// What each of the equals has of his own: the prize of his place; a dense rank has one prize, whoever
  /// shares it.
  private func own(_ equals: [Standing], of count: Int) -> [[Prize]] {
    equals.map { one in
      let byRank =
        switch style {
        case .competition, .ordinal: prizes(rank: one.place)
        case .dense: one.place == equals[0].place ? prizes(rank: one.rank) : []
        }
      return byRank + prizes(place: one.place, of: count)
    }
  }

  /// Point by point in a circle would be the same, and slower.
  private func parts(of prizes: [Prize], among equals: [Standing]) -> [Line] {
    var lines: [Line] = []
    for type in Set(prizes.map(\.type)).sorted() {
      let pool = prizes.filter { $0.type == type }
      let sum = pool.reduce(Int128(0)) { $0 + $1.amount }
      let each = sum / Int128(equals.count)
      let rest = sum - each * Int128(equals.count)
      for one in equals {
        let part = one.place == equals[0].place ? each + rest : each
        if part > 0 { lines.append(one.line((pool[0].rule, type, part))) }
      }
    }
    return lines
  }

  // MARK: Sums

  /// What all prizes that there are come to, whoever gets them: what is split or given to the earliest.
  func stakes(_ standings: [Standing]) -> [String: Int128] {
    var sums: [String: Int128] = [:]
    let ranks = style == .dense ? Set(standings.map(\.rank)) : Set(standings.map(\.place))
    let ofRanks = ranks.flatMap { prizes(rank: $0) }
    let ofShares = standings.flatMap { prizes(place: $0.place, of: standings.count) }
    for prize in ofRanks + ofShares { sums[prize.type, default: 0] += prize.amount }
    return sums
  }

  /// How many scores several share of whom somebody is rewarded, and how many these are.
  func tied(_ standings: [Standing]) -> (scores: Int, users: Int) {
    let rewarded = Set(lines(standings).map(\.standing.user))
    let groups = Dictionary(grouping: standings, by: \.rank).values.filter { group in
      group.count > 1 && group.contains { rewarded.contains($0.user) }
    }
    return (groups.count, groups.reduce(0) { $0 + $1.count })
  }
}

extension PayoutModel.Rule {
  fileprivate var given: [PayoutModel.Prize] {
    prizes.sorted { $0.key < $1.key }.map { (id, $0.key, $0.value) }
  }
}

extension PayoutModel.Standing {
  fileprivate func line(_ prize: PayoutModel.Prize) -> PayoutModel.Line {
    PayoutModel.Line(standing: self, rule: prize.rule, type: prize.type, amount: prize.amount)
  }
}

extension [PayoutModel.Line] {
  var sums: [String: Int128] { reduce(into: [:]) { $0[$1.type, default: 0] += $1.amount } }
}

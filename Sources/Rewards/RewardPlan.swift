// Who gets what: one line for each user, rule and point type, in the order of the board.
package import Ledger

package struct RewardPlan: Sendable, Equatable {
  package struct Line: Sendable, Equatable {
    package let winner: RankedUser
    package let prize: Prize

    package init(_ winner: RankedUser, _ prize: Prize) {
      self.winner = winner
      self.prize = prize
    }
  }

  package private(set) var lines: [Line] = []
  package private(set) var winners = 0
  package private(set) var sums = RewardSums()
  /// Scores that several share of whom somebody is rewarded, and how many these are.
  package private(set) var ties = 0
  package private(set) var tied = 0

  package init() {}

  mutating func add(_ prizes: [Prize], to user: RankedUser) {
    guard !prizes.isEmpty else { return }
    winners += 1
    for prize in prizes {
      lines.append(Line(user, prize))
      sums.add(prize.reward.amount, of: prize.reward.pointType)
    }
  }

  mutating func noteTie(of count: Int) {
    ties += 1
    tied += count
  }

  /// What it comes to for each.
  package var byUser: [UserID: RewardSums] {
    var result: [UserID: RewardSums] = [:]
    for line in lines {
      result[line.winner.user, default: RewardSums()].add(
        line.prize.reward.amount, of: line.prize.reward.pointType)
    }
    return result
  }

  /// Of which point types more would be given away than may be, and by how much.
  package func excess(over terms: RewardTerms) -> [(pointType: PointTypeID, by: Int128)] {
    sums.sorted.compactMap { sum in
      guard let budget = terms.budgets[sum.pointType], sum.amount > Int128(budget) else { return nil }
      return (sum.pointType, sum.amount - Int128(budget))
    }
  }
}

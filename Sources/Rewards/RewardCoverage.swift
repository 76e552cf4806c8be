// What is odd about a set of rules, found when one is saved and not when it is paid: ranks that two of them
// reward, and ranks between rewarded ones that none does. Ranks and shares are looked at by themselves: how
// they lie to each other depends on how many are listed.

package struct RewardCoverage: Sendable, Equatable {
  package struct Overlap: Sendable, Equatable {
    package let one: RewardRuleID
    package let other: RewardRuleID
    /// Ranks, or hundredths of a percent.
    package let common: ClosedRange<Int64>
    package let isOfShares: Bool
  }

  package struct Gap: Sendable, Equatable {
    package let missing: ClosedRange<Int64>
    package let isOfShares: Bool
  }

  package private(set) var overlaps: [Overlap] = []
  package private(set) var gaps: [Gap] = []

  package init(of rules: [RewardRule]) {
    var (ranks, shares): ([Stretch], [Stretch]) = ([], [])
    for rule in rules {
      switch rule.reach {
      case .ranks(let range): ranks.append(Stretch(range: range, rule: rule.id))
      // The hundredth above which it begins is not its own.
      case .share(let above, let top):
        if above < top { shares.append(Stretch(range: above + 1...top, rule: rule.id)) }
      }
    }
    look(at: ranks, areShares: false)
    look(at: shares, areShares: true)
  }

  private struct Stretch {
    let range: ClosedRange<Int64>
    let rule: RewardRuleID
  }

  private mutating func look(at stretches: [Stretch], areShares: Bool) {
    let sorted = stretches.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    /// The one that reaches furthest of those before.
    var furthest: Stretch?
    for stretch in sorted {
      let start = stretch.range.lowerBound
      if let before = furthest, before.range.upperBound >= start {
        let end = min(before.range.upperBound, stretch.range.upperBound)
        overlaps.append(
          Overlap(one: before.rule, other: stretch.rule, common: start...end, isOfShares: areShares))
      } else {
        let expected = (furthest?.range.upperBound ?? 0) + 1
        if start > expected { gaps.append(Gap(missing: expected...start - 1, isOfShares: areShares)) }
      }
      if furthest.map({ $0.range.upperBound < stretch.range.upperBound }) ?? true { furthest = stretch }
    }
  }
}

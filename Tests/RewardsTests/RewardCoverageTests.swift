// Overlaps and gaps of rules, against looking at each rank by itself.
import Ledger
import TestSupport
import Testing

@testable import Rewards

struct RewardCoverageTests {
  @Test func `a rank is in an overlap if two rules reward it, and in a gap if none before the last does`() {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<300 {
      let areShares = Bool.random(using: &random)
      let ranges = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        let first = Int64.random(in: 1...30, using: &random)
        return first...first + Int64.random(in: 0...9, using: &random)
      }
      let rules = ranges.enumerated().map { number, range in
        RewardRule(
          RewardRuleID(UUIDBits(high: 1, low: UInt64(number))),
          areShares ? .share(above: range.lowerBound - 1, upTo: range.upperBound) : .ranks(range), [])
      }
      let coverage = RewardCoverage(of: rules)
      let last = ranges.map(\.upperBound).max() ?? 0
      for rank in 0..<max(last, 0) + 3 where rank > 0 {
        let count = ranges.count { $0.contains(rank) }
        #expect(coverage.overlaps.contains { $0.common.contains(rank) } == (count > 1), "\(ranges) \(rank)")
        #expect(
          coverage.gaps.contains { $0.missing.contains(rank) } == (count == 0 && rank <= last),
          "\(ranges) \(rank)")
      }
      #expect(coverage.overlaps.allSatisfy { $0.isOfShares == areShares })
      #expect(coverage.gaps.allSatisfy { $0.isOfShares == areShares })
    }
  }
}

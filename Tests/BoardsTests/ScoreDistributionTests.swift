// Buckets, shares and hundredths at their edges.
import Boards
import Testing

@Suite struct ScoreDistributionTests {
  @Test func `buckets cover all scores once, as far apart as they may be`() {
    for (lowest, highest, count, bounds) in [
      (0, 9, 2, [5]), (0, 9, 3, [4, 8]), (1, 3, 10, [2, 3]), (7, 7, 5, []),
      (Int64.min, Int64.max, 2, [0]), (Int64.min, Int64.max, 1, []), (-3, 3, 2, [1]),
    ] as [(Int64, Int64, Int, [Int64])] {
      #expect(ScoreBuckets(from: lowest, to: highest, count: count).bounds == bounds)
    }
  }

  @Test func `percentiles are places from the lowest score on`() {
    #expect(ScoreDistribution.places(of: 1) == Array(repeating: 1, count: 11))
    #expect(ScoreDistribution.places(of: 100) == [1, 1, 5, 10, 25, 50, 75, 90, 95, 99, 100])
    #expect(ScoreDistribution.places(of: 7) == [1, 1, 1, 1, 2, 4, 6, 7, 7, 7, 7])
  }

  @Test func `a share has at least the best, and never more places than there are`() {
    #expect(TopShare(hundredths: 1).places(of: 5) == 1)
    #expect(TopShare(hundredths: 1).places(of: 10_001) == 2)
    #expect(TopShare(hundredths: 500).places(of: 40) == 2)
    #expect(TopShare(hundredths: 10_000).places(of: 7) == 7)
    #expect(TopShare(hundredths: 5_000).places(of: 0) == 0)
  }

  @Test func `hundredths are read from digits and two decimals at most`() {
    for (text, count) in [("5", 500), ("0.5", 50), ("12.34", 1_234), ("100.00", 10_000), ("007", 700)] {
      #expect(Hundredths(text)?.count == Int128(count))
    }
    for text in ["", ".", "5.", ".5", "1.234", "-1", "+1", "1e2", "1,5", " 1", "1.2.3", "٣"] {
      #expect(Hundredths(text) == nil, "\(text)")
    }
  }
}

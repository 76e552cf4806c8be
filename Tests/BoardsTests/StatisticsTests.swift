// Derived numbers carry two decimals and are exact before they are rounded.
import Boards
import TestSupport
import Testing

@Suite struct StatisticsTests {
  @Test(arguments: [
    (Int128(0), Int64(7), "0.00"), (1, 3, "0.33"), (2, 3, "0.67"), (1, 8, "0.13"), (-1, 8, "-0.13"),
    (1, 200, "0.01"), (1, 201, "0.00"), (-7, 2, "-3.50"), (12_345, 100, "123.45"),
    (Int128(Int64.max) * 20_000, 20_000, "9223372036854775807.00"),
  ])
  func `quotients are rounded to the nearest hundredth`(dividend: Int128, divisor: Int64, text: String) {
    #expect(Hundredths(dividend, dividedBy: divisor).description == text)
  }

  @Test func `quotients are never off by more than half a hundredth`() {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<10_000 {
      let dividend = Int128(Int64.random(in: .min ... .max, using: &random)) * 1_000
      let divisor = Int64.random(in: 1...1_000_000, using: &random)
      let error = (Hundredths(dividend, dividedBy: divisor).count * Int128(divisor) - dividend * 100)
        .magnitude
      #expect(error * 2 <= UInt128(divisor))
    }
  }

  @Test func `short text has no zeros at its end`() {
  }

  @Test func `only who has nobody better is at a hundred percent`() {
    #expect(Hundredths.percentile(rank: 1, members: 1).description == "100.00")
    #expect(Hundredths.percentile(rank: 2, members: 1_000_000).description == "99.99")
    #expect(Hundredths.percentile(rank: 3, members: 4).description == "50.00")
    #expect(Hundredths.percentile(rank: 1_000_000, members: 1_000_000).description == "0.00")
    #expect(Hundredths.percentile(rank: .max, members: .max).description == "0.00")
  }

  @Test func `statistics are exact beyond 64 bits`() {
    let statistics = BoardStatistics(
      sum: Int128(Int64.max) * 3 - 1, members: 3, middle: (Int64.max - 1, Int64.max))
    #expect(statistics.sum.description == "27670116110564327420")
    #expect(statistics.average.description == "9223372036854775806.67")
    #expect(statistics.median.description == "9223372036854775806.50")
  }
}

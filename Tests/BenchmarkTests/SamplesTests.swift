// Medians and ratios, which decide whether a bar is met.

import Testing

@testable import Benchmark

@Suite struct SamplesTests {
  @Test func `the median of an odd number is the one in the middle`() {
    #expect(Samples([9, 1, 5]).median == 5)
    #expect(Samples([7]).median == 7)
  }

  @Test func `the median of an even number lies between the two in the middle`() {
    #expect(Samples([10, 1, 4, 2]).median == 3)
  }

  @Test func `one disturbed round moves neither median nor verdict`() {
    let calm = Samples([1.0, 1.1, 1.2])
    let disturbed = Samples([1.0, 1.1, 90])
    #expect(calm.median == disturbed.median)
    #expect(disturbed.greatest == 90 && disturbed.least == 1)
  }

  /// The machine is twice as slow in the second round, and the program is not to blame.
  @Test func `a ratio is taken within its round`() {
    let ratios = Samples.ratios(of: [3, 6, 3.3], to: [2, 4, 2])
    #expect(ratios.least == 1.5)
    #expect(ratios.median == 1.5)
    #expect(ratios.greatest == 1.65)
  }
}

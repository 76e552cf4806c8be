// The figures of a load: quantiles that are right to within 1.6 %.
import Testing

@testable import LoadSender

@Suite struct LatencyHistogramTests {
  @Test func `a quantile is what that share of the latencies did not exceed, to within two of a hundred`() {
    var histogram = LatencyHistogram()
    for value in 1...100_000 { histogram.record(.microseconds(value)) }
    for share in [0.001, 0.01, 0.5, 0.9, 0.99, 0.999] {
      let exact = share * 100_000
      let told = Double(histogram.quantile(share).microseconds)
      #expect(told >= exact - 1 && told <= exact * 1.02 + 1, "\(share): \(told)")
    }
    #expect(histogram.quantile(1) == .milliseconds(100))
  }

  @Test(arguments: [0, 1, 63, 64, 65, 127, 128, 4_095, 4_096, 1_000_003, 3_600_000_000])
  func `every latency has a place whose value is near`(microseconds: Int) {
    var histogram = LatencyHistogram()
    histogram.record(.microseconds(microseconds))
    // A greater one, so that the quantile is not cut to the greatest.
    histogram.record(.seconds(7_200))
    let told = histogram.quantile(0.5).microseconds
    #expect(told >= microseconds && Double(told) <= Double(microseconds) * 1.016 + 1)
  }

  @Test func `an empty histogram has quantiles of zero`() {
    #expect(LatencyHistogram().quantile(0.99) == .zero)
  }
}

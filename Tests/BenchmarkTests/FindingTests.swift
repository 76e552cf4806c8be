// What is said about a figure: the bar, and how it is written.

import Testing

@testable import Benchmark

@Suite struct FindingTests {
  private func finding(_ ratio: Double, atMost bar: Double) -> Finding {
    Finding(
      subject: "/health", measured: "6.00 us", yardstick: "nginx: 5.00 us", judged: Samples([ratio]),
      form: .ratio, bar: .atMost(bar))
  }

  @Test func `the bar itself is met and what lies above is not`() {
    #expect(finding(1.15, atMost: 1.15).isMet)
    #expect(!finding(1.1500001, atMost: 1.15).isMet)
  }

  @Test func `a bar from below is met from there on`() {
    func isMet(_ ratio: Double) -> Bool {
      Finding(
        subject: "awards", measured: "", yardstick: "", judged: Samples([ratio]), form: .ratio,
        bar: .atLeast(2)
      ).isMet
    }
    #expect(isMet(2) && isMet(3))
    #expect(!isMet(1.9999999))
  }

  @Test func `what has no bar is told without a verdict`() {
    let finding = Finding(
      subject: "Redis", measured: "", yardstick: "", judged: Samples([387.6]), form: .bytes, bar: .none)
    #expect(finding.isMet)
    #expect(finding.cells.suffix(4) == ["388 B", "388 B to 388 B", "", ""])
  }

  @Test func `the median is held against the bar`() {
    let samples = Samples([0.9, 1.2, 9])
    let finding = Finding(
      subject: "a", measured: "", yardstick: "", judged: samples, form: .milliseconds,
      bar: .atMost(1.1))
    #expect(!finding.isMet)
    #expect(finding.cells.suffix(4) == ["1.2 ms", "0.9 ms to 9.0 ms", "at most 1.1 ms", "**NO**"])
  }

  @Test func `a missed bar is marked and makes the report a failure`() {
    let facts = MachineFacts(lines: ["cores     2"])
    let good = BenchmarkReport(facts: facts, findings: [finding(1, atMost: 1.15)])
    let bad = BenchmarkReport(facts: facts, findings: [finding(1, atMost: 1.15), finding(2, atMost: 1.15)])
    #expect(good.isEveryBarMet && good.text.hasSuffix("Every bar is met."))
    #expect(!bad.isEveryBarMet && bad.text.hasSuffix("Bars not met: 1."))
    #expect(bad.text.hasPrefix("cores     2\n\n| subject"))
    #expect(bad.text.contains("**NO**") && !good.text.contains("**NO**"))
  }

  @Test(arguments: [
    (1.155, 1, "1.2"), (0.0, 2, "0.00"), (0.004, 2, "0.00"), (-0.004, 2, "0.00"), (-0.05, 1, "-0.1"),
    (12.999, 2, "13.00"), (7.0, 0, "7"), (1e300, 2, "1e+300"), (.infinity, 2, "inf"),
  ])
  func `numbers keep their decimal places`(value: Double, places: Int, text: String) {
    #expect(Decimals.text(value, places: places) == text)
  }
}

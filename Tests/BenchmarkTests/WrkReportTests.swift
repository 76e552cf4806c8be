// The reading of wrk: one number out of a good report, and no number out of any other.

import Testing

@testable import Benchmark

@Suite struct WrkReportTests {
  private static let good = """
    Running 1s test @ http://127.0.0.1:18999/
      1 threads and 64 connections
      Thread Stats   Avg      Stdev     Max   +/- Stdev
        Latency     2.28ms    2.20ms  12.69ms   83.84%
        Req/Sec     2.17k   161.86     2.47k    70.00%
      478594 requests in 7.01s, 74.40MB read
    Requests/sec:  68273.04
    Transfer/sec:     10.61MB

    """

  @Test func `a good report tells the requests`() throws {
    #expect(try WrkReport(Self.good).requests == 478_594)
  }

  @Test func `the rate is by the time the run really took`() throws {
    let perSecond = try WrkReport(Self.good).perSecond
    #expect(abs(perSecond - 478_594 / 7.01) < 0.001)
  }

  @Test func `latencies are told where wrk was asked for them`() throws {
    #expect(try WrkReport(Self.good).latency == nil)
    let told = "  Latency Distribution\n     50%  812.00us\n     90%   11.20ms\n     99%    1.01s \n"
    let latency = try #require(try WrkReport(Self.good + told).latency)
    #expect(latency.median == .microseconds(812))
    #expect(latency.ninetyNinth == .milliseconds(1010))
  }

  @Test func `what the script saw is told where it looked`() throws {
    #expect(try WrkReport(Self.good).looked == nil)
    let told = "looked at 1089 answers, 1088 projected\n"
    #expect(try WrkReport(Self.good + told).looked == WrkReport.Looked(answers: 1089, projected: 1088))
  }

  @Test(arguments: [
    "  Non-2xx or 3xx responses: 1", "  Socket errors: connect 0, read 0, write 0, timeout 1",
  ])
  func `a report with errors is refused`(line: String) {
    let lines = Self.good.split(separator: "\n", omittingEmptySubsequences: false)
    let report = (lines[..<6] + [line[...]] + lines[6...]).joined(separator: "\n")
    #expect(throws: BenchmarkError.self) { try WrkReport(report) }
  }

  @Test(arguments: [
    "", "unable to connect to 127.0.0.1:18999 Connection refused\n", "  0 requests in 1.00s, 0.00B read\n",
    "  12 requests in 1.00s, 1.00KB read\n  13 requests in 1.00s, 1.00KB read\n",
    "  5 requests in 1.00x, 1.00KB read\n", "  5 requests in 0.00s, 1.00KB read\n",
    "  -5 requests in 1.00s, 1.00KB read\n", "  5 requests in 1.00s, 1.00KB read twice\n",
  ])
  func `what is no report gives no figure`(text: String) {
    #expect(throws: BenchmarkError.self) { try WrkReport(text) }
  }
}

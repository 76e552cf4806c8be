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
    "  -5 requests in 1.00s, 1.00KB read\n", "  5 requests in 1.00s, 1.00KB read twice\n",
  ])
  func `what is no report gives no figure`(text: String) {
    #expect(throws: BenchmarkError.self) { try WrkReport(text) }
  }
}

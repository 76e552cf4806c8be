// The reading of what our own tools and h2load say: figures out of a good report, and none out of any other.
import Testing

@testable import Benchmark

@Suite struct SenderReportTests {
  private static let good = """
    {"answered":1200,"refused":{},"unanswered":0,"unitsPerRequest":100,"microseconds":2000000,"p50":812,\
    "p90":900,"p99":1500,"p999":2500,"max":9000}
    """

  @Test func `a good report tells rate and times`() throws {
    let report = try SenderReport(Self.good)
    #expect(report.unitsPerSecond == 60_000)
    #expect(report.median == .microseconds(812) && report.ninetyNinth == .microseconds(1_500))
    #expect(report.thousandth == .microseconds(2_500))
  }

  @Test(arguments: [
    (#""refused":{}"#, #""refused":{"503":1}"#), (#""unanswered":0"#, #""unanswered":3"#),
    (#""answered":1200"#, #""answered":0"#), (#""p99":1500,"#, ""),
  ])
  func `a run in which anything went wrong gives no figure`(good: String, bad: String) {
    let parts = Self.good.split(separator: good, maxSplits: 1, omittingEmptySubsequences: false)
    #expect(parts.count == 2)
    #expect(throws: BenchmarkError.self) { try SenderReport(parts.joined(separator: bad)) }
  }

  private static let h2load = """
    starting benchmark...
    finished in 1.00s, 171364.00 req/s, 5.39MB/s
    requests: 171364 total, 171620 started, 171364 done, 171364 succeeded, 0 failed, 0 errored, 0 timeout
    status codes: 171364 2xx, 0 3xx, 0 4xx, 0 5xx
    """

  @Test func `a good report of h2load tells requests and rate`() throws {
    let report = try H2LoadReport(Self.h2load)
    #expect(report.requests == 171_364 && report.perSecond == 171_364)
  }

  @Test(arguments: [("0 4xx", "7 4xx"), ("0 5xx", "7 5xx"), ("0 failed", "1 failed"), ("finished", "ended")])
  func `a report of h2load with errors gives no figure`(good: String, bad: String) {
    let parts = Self.h2load.split(separator: good, maxSplits: 1, omittingEmptySubsequences: false)
    #expect(parts.count == 2)
    #expect(throws: BenchmarkError.self) { try H2LoadReport(parts.joined(separator: bad)) }
  }

  @Test func `the report of a verification tells its seconds, and whether all was whole`() throws {
    let text = """
      {"ledger":{"accounts":2,"transactions":6,"requests":6,"seconds":1.250,"faultyAccounts":0,"counts":{},\
      "examples":[]},"mirrors":[{"pointType":"points","seconds":2.500,"isChecked":true,"accounts":2,\
      "members":4,"drifted":0,"repaired":0,"examples":[]}]}
      """
    let report = try #require(VerifyReport(text))
    #expect(report.transactions == 6 && report.ledgerSeconds == 1.25 && report.mirrorSeconds == 2.5)
    #expect(report.isWhole)
    let drifted = text.split(separator: "\"drifted\":0").joined(separator: "\"drifted\":1")
    #expect(VerifyReport(drifted)?.isWhole == false)
    #expect(VerifyReport("") == nil)
  }
}
